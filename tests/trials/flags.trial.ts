import "../support/own-database";
import { createHash } from "node:crypto";
import { v7 as uuid } from "uuid";
import { expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { createDataKey } from "@/lib/encryption/keys";
import { skeletonOf } from "@/lib/fields/names/skeleton";
import { flagSignature } from "@/lib/moderation/flags/flag-signature";
import { recheckFlags } from "@/lib/moderation/flags/recheck-flags";
import { encryptContents } from "@/lib/signatures/encrypted-contents";
import { REAL_NAMES } from "../fixtures/names";
import { individual, NOW, openLetter } from "../support/letters";

const PUBLISHED = Number(process.env.TRIAL_PUBLISHED ?? 6_000);
const WAITING = Number(process.env.TRIAL_WAITING ?? 1_500);
const MEASURED = 200;

/** Real names, and the same with a second given name or a double family name: each pair in one order only, some 8,000, in mixed order. */
function manyNames(): string[] {
  const parts = Map.groupBy(REAL_NAMES, ({ script }) => script);
  const names = [...parts.values()].flatMap((ofScript) => {
    const pairs = ofScript.map(({ name }) => name.split(" ")).filter((words) => words.length === 2);
    const [firsts, lasts] = [0, 1].map((at) => [...new Set(pairs.map((words) => words[at] ?? ""))]);
    const given = pairs.flatMap(([first, last]) =>
      (firsts ?? []).flatMap((more) => (first && more > first ? `${first} ${more} ${last}` : [])),
    );
    const family = pairs.flatMap(([first, last]) =>
      (lasts ?? []).flatMap((more) => (last && more > last ? `${first} ${last} ${more}` : [])),
    );
    return [...pairs.map((words) => words.join(" ")), ...given, ...family];
  });
  const key = (name: string) => createHash("sha256").update(name).digest("hex");
  return [...new Set(names)]
    .map((name) => ({ name, by: key(name) }))
    .sort((one, other) => (one.by < other.by ? -1 : 1))
    .map(({ name }) => name);
}

const NAMES = manyNames();
const nameAt = (place: number) => NAMES[place % NAMES.length] ?? "";

type Place = { letterId: string; versionId: string };

async function fill({ letterId, versionId }: Place, from: number, count: number, published: boolean) {
  const signatories = [];
  const signatures = [];
  const keys = [];
  for (let place = from; place < from + count; place++) {
    const [id, signatoryId] = [uuid(), uuid()];
    const { key, wrapped } = createDataKey(id);
    const input = individual({ email: `trial${place}@example${place % 500}.org`, name: nameAt(place) });
    const { address, typed, encryptedLanguage } = encryptContents(key, input, "en");
    const { name } = input.signatory;
    const shown = published ? { name, folded: name.toLowerCase(), skeleton: skeletonOf(name) } : {};
    signatories.push({ id: signatoryId, kind: "INDIVIDUAL" as const, country: "GB", typed, ...shown });
    signatures.push({
      ...{ id, letterId, letterVersionId: versionId, signatoryId, encryptedLanguage, address },
      ...{ state: published ? ("APPROVED" as const) : ("VERIFIED" as const), visibility: "PUBLIC" as const },
      ...{ updates: false, consentVersion: "trial", consentAt: NOW, submittedAt: NOW, expiresAt: NOW },
      ...{ verifiedAt: NOW, networkHash: `trial-${place}` },
    });
    keys.push({ signatureId: id, wrapped });
  }
  await db.signatory.createMany({ data: signatories });
  await db.signature.createMany({ data: signatures });
  await db.signatureKey.createMany({ data: keys });
  return signatures.map(({ id }) => id);
}

it("flags a confirmation in milliseconds on a long list, and rechecks a long queue in seconds", async () => {
  const { id: letterId } = await openLetter();
  const { id: versionId } = await db.letterVersion.findFirstOrThrow({ where: { letterId } });
  const place = { letterId, versionId };
  for (let at = 0; at < PUBLISHED; at += 1_000) await fill(place, at, Math.min(1_000, PUBLISHED - at), true);
  const waiting: string[] = [];
  for (let at = 0; at < WAITING; at += 1_000)
    waiting.push(...(await fill(place, PUBLISHED + at, Math.min(1_000, WAITING - at), false)));
  await db.$executeRaw`ANALYZE`;
  const times: number[] = [];
  for (const id of waiting.slice(0, MEASURED)) {
    const begun = performance.now();
    await db.$transaction((tx) => flagSignature(tx, id));
    times.push(performance.now() - begun);
  }
  times.sort((one, other) => one - other);
  const at = (part: number) => times[Math.floor(times.length * part)] ?? 0;
  const begun = performance.now();
  await recheckFlags({ letterId, now: NOW });
  const seconds = (performance.now() - begun) / 1_000;
  const flagged = await db.signature.count({
    where: { id: { in: waiting }, NOT: { flags: { isEmpty: true } } },
  });
  console.info(
    `${PUBLISHED} published names: one signature flagged in ${at(0.5).toFixed(1)} ms (median), ${at(0.95).toFixed(1)} ms (95 %)`,
  );
  console.info(`${WAITING + PUBLISHED} signatures rechecked in ${seconds.toFixed(1)} s`);
  console.info(`${flagged} of ${WAITING} waiting real names flagged`);
  expect(NAMES.length).toBeGreaterThan(PUBLISHED + WAITING);
  expect(at(0.5)).toBeLessThan(100);
});
