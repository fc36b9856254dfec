import { beforeAll, describe, expect, it } from "vitest";
import type { Admin } from "@/lib/auth/admin";
import { db } from "@/lib/db/client";
import { keysOfLooks } from "@/lib/fields/names/near-keys";
import { shortHash } from "@/lib/fields/names/short-hash";
import { skeletonOf } from "@/lib/fields/names/skeleton";
import type { Recheck } from "@/lib/jobs/queue";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { addBlock } from "@/lib/moderation/blocklist/add-block";
import { holdBlocked } from "@/lib/moderation/blocklist/hold-blocked";
import type { AskedBlock } from "@/lib/moderation/blocklist/schemas";
import { correctSignature } from "@/lib/moderation/correct-signature";
import { recheckFlags, recheckUnkept } from "@/lib/moderation/flags/recheck-flags";
import { BURSTS } from "@/lib/moderation/flags/rules";
import { runRecheck } from "@/lib/moderation/recheck-job";
import { rejectSignature } from "@/lib/moderation/reject-signature";
import { confirmSignature } from "@/lib/signatures/confirm-signature";
import type { SignatureInput } from "@/lib/signatures/schemas";
import { signLetter } from "@/lib/signatures/sign-letter";
import { withdrawSignatures } from "@/lib/signatures/withdraw-signatures";
import { individual, later, NOW, openLetter, organisation } from "../support/letters";
import { moderator, seeNow, waitingSignature } from "../support/moderators";
import { queuedToken } from "../support/queued-mails";

let admin: Admin;
let count = 0;
const email = (domain = "example.org") => `flags${++count}@${domain}`;

beforeAll(async () => {
  admin = await moderator();
});

const flagsNow = async (id: string) => (await db.signature.findUniqueOrThrow({ where: { id } })).flags;
const apart = async (id: string) => (await db.signature.findUniqueOrThrow({ where: { id } })).hold;

/** A signature from a network, not yet confirmed. */
async function sign(
  slug: string,
  network: string | null,
  now = NOW,
  input?: SignatureInput,
): Promise<string> {
  const signing = { slug, locale: "en", input: input ?? individual({ email: email() }), now, network };
  const before = await db.signature.findMany({ where: { letter: { slug } }, select: { id: true } });
  await signLetter(signing);
  const known = before.map(({ id }) => id);
  return (await db.signature.findFirstOrThrow({ where: { letter: { slug }, id: { notIn: known } } })).id;
}

async function confirm(id: string, now = NOW): Promise<string> {
  await confirmSignature({ id, token: await queuedToken(id), revision: 1, now });
  return id;
}

describe("confirming", () => {
  it("stores what a moderator should notice, and says so in the audit log", async () => {
    const { slug } = await openLetter();
    const input = organisation({ email: email("mailinator.com"), name: "Аda Foundation" });
    const { signatureId } = await waitingSignature(slug, input);
    const expected = ["disposable", "mixedScripts", "domainDiffers"];
    expect(await flagsNow(signatureId)).toEqual(expected);
    const entry = await db.auditEntry.findFirstOrThrow({
      where: { signatureId, action: "signature.verify" },
    });
    expect(entry.details).toMatchObject({ flags: expected });
    const plain = await waitingSignature(slug, individual({ email: email() }));
    expect(await flagsNow(plain.signatureId)).toEqual([]);
  });

  it("knows an address to which mail came back", async () => {
    const { slug } = await openLetter();
    const id = await sign(slug, null);
    const { spellingHash } = await db.signature.findUniqueOrThrow({ where: { id } });
    await db.suppression.create({ data: { spellingHash: spellingHash ?? "", reason: "BOUNCED", at: NOW } });
    expect(await flagsNow(await confirm(id))).toEqual(["bounced"]);
  });

  it("marks the second person of a mailbox, and no organisation, nor anybody on another letter", async () => {
    const { id: letterId, slug } = await openLetter();
    const elsewhere = await openLetter();
    const shared = email();
    const inputs = [
      individual({ email: shared, name: "Ada Example" }),
      individual({ email: shared, name: "Grace Example" }),
      organisation({ email: shared }),
    ];
    const ids: string[] = [];
    for (const input of inputs) ids.push(await sign(slug, null, NOW, input));
    ids.push(await sign(elsewhere.slug, null, NOW, inputs[1]));
    const token = await queuedToken(ids[0] ?? "");
    for (const id of ids) await confirmSignature({ id, token, revision: 1, now: NOW });
    const expected = [[], ["sharedMailbox"], [], []];
    expect(await Promise.all(ids.map(flagsNow))).toEqual(expected);
    // Once the first one is gone, nobody shares it any more.
    await withdrawSignatures({ email: shared, ids: ids.slice(0, 1), now: later(1) });
    await recheckFlags({ letterId, now: later(2) });
    expect(await flagsNow(ids[1] ?? "")).toEqual([]);
  });

  it("sees what looks like a published name or website of the same letter, and of no other", async () => {
    const { slug } = await openLetter();
    const listed = organisation({ email: email("amnesty.example.net"), name: "Example Watch International" });
    listed.signatory.website = "https://examplewatch.net/";
    const other = await openLetter();
    for (const each of [slug, other.slug]) {
      const seen = await waitingSignature(each, { ...listed, email: email("examplewatch.net") });
      if (each === slug) await approveSignature({ admin, seen, asExpert: false, now: NOW });
    }
    const fake = () => individual({ email: email("examp1ewatch.net"), name: "Examрle Watch Internationаl" });
    const found = await waitingSignature(slug, fake());
    expect(await flagsNow(found.signatureId)).toEqual(["lookalikeName", "lookalikeDomain", "mixedScripts"]);
    const elsewhere = await waitingSignature(other.slug, fake());
    expect(await flagsNow(elsewhere.signatureId)).toEqual(["mixedScripts"]);
  });

  it("marks a burst from one network, those before it and those not yet confirmed included", async () => {
    const { slug } = await openLetter();
    const [{ count: enough, minutes }] = BURSTS;
    const place = (at: number) => later((at * minutes) / enough / 2);
    const ids: string[] = [];
    for (let at = 0; at < enough - 1; at++) ids.push(await sign(slug, "203.0.113.7", place(at)));
    for (const id of ids.slice(1)) await confirm(id, later(60));
    for (const id of ids) expect(await flagsNow(id)).toEqual([]);
    const elsewhere = await confirm(await sign(slug, "203.0.113.8", place(1)), later(60));
    const muchLater = await confirm(await sign(slug, "203.0.113.7", later(minutes * 3)), later(60));
    const last = await confirm(await sign(slug, "203.0.113.7", place(enough - 1)), later(60));
    for (const id of [...ids, last]) expect(await flagsNow(id), `${ids.indexOf(id)}`).toEqual(["burst"]);
    for (const id of [elsewhere, muchLater]) expect(await flagsNow(id)).toEqual([]);
    // Once the network is forgotten, what was seen stays.
    const all = { letter: { slug } };
    await db.signature.updateMany({ where: all, data: { networkHash: null } });
    const { letterId } = await db.signature.findUniqueOrThrow({ where: { id: last } });
    expect(await recheckFlags({ letterId, now: later(100) })).toBe(0);
    expect(await flagsNow(last)).toEqual(["burst"]);
  });

  it("gives each of many that are confirmed at once its mark", async () => {
    const { slug } = await openLetter();
    const ids: string[] = [];
    for (let at = 0; at < 12; at++) ids.push(await sign(slug, "2001:db8:1:2::/64"));
    await Promise.all(ids.map((id) => confirm(id)));
    for (const id of ids) expect(await flagsNow(id)).toEqual(["burst"]);
  });
});

/** Does what is queued about names of a letter. @returns how many signatures have other flags now */
async function recheckNames(letterId: string): Promise<number> {
  const jobs = await db.$queryRaw<{ data: Recheck }[]>`
    DELETE FROM pgboss.job WHERE name = 'recheck' AND data->>'letterId' = ${letterId} RETURNING data`;
  let changed = 0;
  for (const { data } of jobs) changed += await runRecheck(data, NOW);
  return changed;
}

describe("a name that is published, corrected or goes", () => {
  const wait = (slug: string, name: string) => waitingSignature(slug, individual({ email: email(), name }));

  it("is noticed at once by who confirms, and soon by those that waited already, until it is gone", async () => {
    const { id: letterId, slug } = await openLetter();
    const waiting = await wait(slug, "Grace Hoрper");
    const seen = await wait(slug, "Grace Hopper");
    await approveSignature({ admin, seen, asExpert: false, now: NOW });
    expect(await flagsNow((await wait(slug, "Hopper Grace")).signatureId)).toEqual(["lookalikeName"]);
    expect(await flagsNow(waiting.signatureId)).toEqual(["mixedScripts"]);
    expect(await recheckNames(letterId)).toBe(1);
    expect(await flagsNow(waiting.signatureId)).toEqual(["lookalikeName", "mixedScripts"]);
    const approved = await seeNow(seen.signatureId);
    await rejectSignature({ admin, seen: approved, reason: "Withdrawn by phone.", now: NOW });
    expect(await recheckNames(letterId)).toBe(2);
    expect(await flagsNow(waiting.signatureId)).toEqual(["mixedScripts"]);
    const audit = { signatureId: waiting.signatureId, action: "signature.flag" };
    expect(await db.auditEntry.count({ where: audit })).toBe(2);
  });

  it("is compared under its old and its new form, and so is a waiting one that is corrected", async () => {
    const { id: letterId, slug } = await openLetter();
    const [old, other] = [await wait(slug, "Hedwig Kiesler"), await wait(slug, "Hedwig Lamarr")];
    const seen = await wait(slug, "Hedwig Kiesler");
    await approveSignature({ admin, seen, asExpert: false, now: NOW });
    await recheckNames(letterId);
    const flags = () => Promise.all([old, other].map(({ signatureId }) => flagsNow(signatureId)));
    expect(await flags()).toEqual([["lookalikeName"], []]);
    const correct = async (signatureId: string, name: string) =>
      correctSignature({
        admin,
        seen: await seeNow(signatureId),
        correction: { kind: "INDIVIDUAL", country: "GB", fields: { name } },
        now: NOW,
      });
    await correct(seen.signatureId, "Hedwig Lamarr");
    await recheckNames(letterId);
    expect(await flags()).toEqual([[], ["lookalikeName"]]);
    await correct(other.signatureId, "Ada Example");
    await recheckNames(letterId);
    expect(await flags()).toEqual([[], []]);
    // It is found under the name that it has now.
    await correct(seen.signatureId, "Ada Exampel");
    expect(await recheckNames(letterId)).toBe(0);
    await correct(seen.signatureId, "Ada Examples");
    expect(await recheckNames(letterId)).toBe(1);
    expect(await flags()).toEqual([[], ["lookalikeName"]]);
  });

  it("leaves no part of a waiting name readable, and nothing of one that waits no more", async () => {
    const { slug } = await openLetter();
    const seen = await wait(slug, "Rosalind Franklin");
    const keys = async () =>
      (
        await db.$queryRaw<{ keys: number[] | null }[]>`
        SELECT near_keys AS keys FROM signature WHERE id = ${seen.signatureId}::uuid`
      )[0]?.keys;
    const { letterId } = await db.signature.findUniqueOrThrow({ where: { id: seen.signatureId } });
    const plain = keysOfLooks({ names: [skeletonOf("Rosalind Franklin")], sites: [] });
    const readable = plain.map((key) => shortHash(letterId, key));
    expect((await keys())?.length).toBeGreaterThan(1);
    expect((await keys())?.filter((key) => readable.includes(key))).toEqual([]);
    await approveSignature({ admin, seen, asExpert: false, now: NOW });
    expect(await keys()).toBeNull();
  });

  it("is compared with what an older version left without numbers, once housekeeping has made them", async () => {
    const { id: letterId, slug } = await openLetter();
    const waiting = await wait(slug, "Lise Meitner");
    await db.$executeRaw`UPDATE signature SET near_keys = NULL WHERE id = ${waiting.signatureId}::uuid`;
    await approveSignature({ admin, seen: await wait(slug, "Lise Meitner"), asExpert: false, now: NOW });
    expect(await recheckNames(letterId)).toBe(0);
    expect(await recheckUnkept(NOW)).toBe(1);
    expect(await recheckUnkept(NOW)).toBe(0);
    expect(await flagsNow(waiting.signatureId)).toEqual(["lookalikeName"]);
  });
});

describe("a new rule of the block list", () => {
  const added = async (block: Omit<AskedBlock, "reason">) => {
    const ruleId = await addBlock({ admin, block: { ...block, reason: "Fakes." }, now: NOW });
    return holdBlocked({ ruleId: ruleId ?? "", now: NOW });
  };

  it("sets apart what waits already, and nothing that is decided", async () => {
    const { slug } = await openLetter();
    const domain = `blocked${++count}.example`;
    const pending = await sign(slug, null, NOW, individual({ email: `a@mail.${domain}` }));
    const waiting = await waitingSignature(slug, individual({ email: `b@${domain}` }));
    const approved = await waitingSignature(slug, individual({ email: `c@${domain}` }));
    await approveSignature({ admin, seen: approved, asExpert: false, now: NOW });
    const other = await waitingSignature(slug, individual({ email: email() }));
    expect(await added({ kind: "DOMAIN", pattern: domain })).toBe(2);
    for (const id of [pending, waiting.signatureId]) expect(await apart(id)).toBe("BLOCKED");
    for (const { signatureId } of [approved, other]) expect(await apart(signatureId)).toBeNull();
    const audit = { signatureId: pending, action: "signature.block" };
    expect(await db.auditEntry.count({ where: audit })).toBe(1);
  });

  it("finds a mailbox in any spelling, and networks of a range by their hashes", async () => {
    const { slug } = await openLetter();
    const mailbox = await sign(slug, null, NOW, individual({ email: "f.aker+a@googlemail.com" }));
    const near = await sign(slug, "198.51.100.77");
    const far = await sign(slug, "198.51.101.77");
    const house = await sign(slug, "2001:db8:5:ff7::/64");
    const [address, range, wide] = [
      await added({ kind: "ADDRESS", pattern: "faker@gmail.com" }),
      await added({ kind: "NETWORK", pattern: "198.51.100.0/24" }),
      await added({ kind: "NETWORK", pattern: "2001:db8:5::/52" }),
    ];
    expect([address, range, wide]).toEqual([1, 1, 1]);
    expect(await Promise.all([mailbox, near, house, far].map(apart))).toEqual([
      "BLOCKED",
      "BLOCKED",
      "BLOCKED",
      null,
    ]);
  });
});
