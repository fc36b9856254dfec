import "../support/own-database";
import { v7 as uuid } from "uuid";
import { expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { flagSignature } from "@/lib/flags/flag-signature";
import { recheckFlags } from "@/lib/flags/recheck-flags";
import { skeletonOf } from "@/lib/names/skeleton";
import { sealContents } from "@/lib/signatures/sealed-contents";
import { createDataKey } from "@/lib/vault/keys";
import { REAL_NAMES } from "../fixtures/names";
import { individual, NOW, openLetter } from "../support/letters";

const PUBLISHED = Number(process.env.TRIAL_PUBLISHED ?? 20_000);
const WAITING = Number(process.env.TRIAL_WAITING ?? 5_000);
const MEASURED = 200;

// Real names, in another order and with a middle name each, so that a list of any length has few namesakes.
const MIDDLE =
  "Abril Bohdan Chiara Dávid Eero Fatima Goran Hana Imre Jolanta Kalle Lale Mirek Noor Otso".split(" ");
function nameAt(place: number): string {
  const { name } = REAL_NAMES[(place * 7_919) % REAL_NAMES.length] ?? { name: "Ada" };
  const [first, ...rest] = name.split(" ");
  return [first, `${MIDDLE[place % MIDDLE.length]}-${(place * 31).toString(36)}`, ...rest].join(" ");
}

type Place = { letterId: string; versionId: string };

async function fill({ letterId, versionId }: Place, from: number, count: number, published: boolean) {
  const signatories = [];
  const signatures = [];
  const keys = [];
  for (let place = from; place < from + count; place++) {
    const [id, signatoryId] = [uuid(), uuid()];
    const { key, wrapped } = createDataKey(id);
    const input = individual({ email: `trial${place}@example${place % 500}.org`, name: nameAt(place) });
    const { address, typed } = sealContents(key, input);
    const { name } = input.signatory;
    const shown = published ? { name, folded: name.toLowerCase(), skeleton: skeletonOf(name) } : {};
    signatories.push({ id: signatoryId, kind: "INDIVIDUAL" as const, country: "GB", typed, ...shown });
    signatures.push({
      ...{ id, letterId, letterVersionId: versionId, signatoryId, locale: "en", address },
      ...{ state: published ? ("APPROVED" as const) : ("VERIFIED" as const), visibility: "PUBLIC" as const },
      ...{ updates: false, consentVersion: "trial", consentAt: NOW, submittedAt: NOW, lapsesAt: NOW },
      ...{ mailPausedUntil: NOW, verifiedAt: NOW, networkHash: `trial-${place}` },
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
  expect(at(0.5)).toBeLessThan(100);
  expect(flagged / WAITING).toBeLessThan(0.05);
});
