import { beforeAll, describe, expect, inject, it } from "vitest";
import type { Admin } from "@/lib/auth/admin";
import { cache } from "@/lib/cache/tagged-cache";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { addBlock } from "@/lib/moderation/blocklist/add-block";
import { isBlocked } from "@/lib/moderation/blocklist/cached";
import { previewBlock } from "@/lib/moderation/blocklist/preview-block";
import { countRetired, listBlocks } from "@/lib/moderation/blocklist/queries";
import { removeBlock } from "@/lib/moderation/blocklist/remove-block";
import { type BlockPattern, readPattern } from "@/lib/moderation/blocklist/rules";
import { runRecheck } from "@/lib/moderation/recheck-job";
import { releaseHeldMails } from "@/lib/signatures/release-held-mails";
import { requestNewLink } from "@/lib/signatures/request-new-link";
import { signLetter } from "@/lib/signatures/sign-letter";
import { dumpDatabase } from "../support/database";
import { individual, later, NOW, openLetter } from "../support/letters";
import { listening } from "../support/listening";
import { logged } from "../support/logged";
import { moderator, waitingSignature } from "../support/moderators";
import { queuedMails, queuedToken } from "../support/queued-mails";

let admin: Admin;

beforeAll(async () => {
  expect(inject("postgres")).toBeDefined();
  admin = await moderator();
});

const block = {
  kind: "ADDRESS",
  pattern: "faker@example.com",
  reason: "Wrote that they fake names.",
} as const;

describe("the blocklist", () => {
  it("says who, when and why, keeps a rule once, and leaves a trace of its end without its text", async () => {
    const id = (await addBlock({ admin, block, now: NOW })) ?? "";
    expect(await addBlock({ admin, block, now: NOW })).toBeNull();
    expect(await listBlocks(admin)).toEqual([{ ...block, id, by: "mona@example.org", createdAt: NOW }]);
    await removeBlock({ admin, id, now: NOW });
    await removeBlock({ admin, id, now: NOW });
    expect(await listBlocks(admin)).toEqual([]);
    const audit = await db.auditEntry.findMany({ where: { action: { startsWith: "block." } } });
    expect(audit.map(({ action, adminId }) => [action, adminId]).sort()).toEqual([
      ["block.add", admin.id],
      ["block.remove", admin.id],
    ]);
    // Nothing of a removed rule stays for ever where no data request reaches it.
    for (const { details } of audit) expect(details).toEqual({ kind: "ADDRESS", rule: id });
  });

  it("names nobody in the clear", async () => {
    await addBlock({ admin, block, now: NOW });
    const dump = await dumpDatabase(env().databaseUrl);
    expect(dump).not.toContain("faker@");
    expect(dump).not.toContain("fake names");
  });

  it("is known to every process as soon as it changes", async () => {
    const stop = await listening();
    const one = { email: "x@mail.blocked.example", network: null };
    expect(await isBlocked(one)).toBeNull();
    const domain = { kind: "DOMAIN", pattern: "blocked.example", reason: "Throwaway." } as const;
    const id = (await addBlock({ admin, block: domain, now: NOW })) ?? "";
    await expect.poll(() => isBlocked(one), { timeout: 2_000 }).toBe("DOMAIN");
    await removeBlock({ admin, id, now: NOW });
    await expect.poll(() => isBlocked(one), { timeout: 2_000 }).toBeNull();
    await stop();
    cache.clear();
  });

  it("keeps every mail from an address that it names, the one with a fresh link too", async () => {
    const { slug } = await openLetter();
    const email = "somebody@no-mail.example";
    const mails = () => db.mail.findMany({ where: { state: "WAITING" } });
    const before = await mails();
    const domain = { kind: "DOMAIN", pattern: "no-mail.example", reason: "Throwaway." } as const;
    await addBlock({ admin, block: domain, now: NOW });
    cache.clear();
    await signLetter({ slug, locale: "en", input: individual({ email }), now: NOW });
    const [signature] = await db.signature.findMany({ where: { letter: { slug } } });
    expect(signature).toMatchObject({ state: "PENDING", hold: "BLOCKED" });
    await requestNewLink({ email, now: later(60) });
    expect(await mails()).toHaveLength(before.length);
    const other = individual({ email: "somebody@mail.example" });
    await signLetter({ slug, locale: "en", input: other, now: NOW });
    await requestNewLink({ email: other.email, now: later(60) });
    await releaseHeldMails({ now: later(60) });
    expect(await mails()).toHaveLength(before.length + 2);
  });

  it("is read and edited by nobody without the right", async () => {
    const reader = await moderator("rita@example.org", "READER");
    const refused = { code: "forbidden" };
    await expect(listBlocks(reader)).rejects.toMatchObject(refused);
    await expect(addBlock({ admin: reader, block, now: NOW })).rejects.toMatchObject(refused);
    const [{ id } = { id: "" }] = await listBlocks(admin);
    await expect(removeBlock({ admin: reader, id, now: NOW })).rejects.toMatchObject(refused);
    expect((await listBlocks(admin)).some((rule) => rule.id === id)).toBe(true);
  });
});

const ruleOf = (kind: BlockPattern["kind"], text: string): BlockPattern => {
  const read = readPattern(kind, text);
  if (typeof read === "string") throw new Error(`${text}: ${read}`);
  return read;
};

/** Adds a rule and lets the worker look at what waits; a signing after this knows it. */
async function ruled(kind: BlockPattern["kind"], text: string, now = NOW): Promise<string> {
  const id = (await addBlock({ admin, block: { ...ruleOf(kind, text), reason: "Throwaway." }, now })) ?? "";
  await runRecheck({ what: "block", ruleId: id }, now);
  cache.clear();
  return id;
}

async function unruled(id: string, now: Date): Promise<number> {
  await removeBlock({ admin, id, now });
  cache.clear();
  return runRecheck({ what: "block", ruleId: id }, now);
}

let signers = 0;

/** A signature of a letter of its own. */
async function signed(email: string, network: string | null = null, now = NOW): Promise<string> {
  const { slug } = await openLetter();
  await signLetter({ slug, locale: "en", input: individual({ email }), now, network });
  return (await db.signature.findFirstOrThrow({ where: { letter: { slug } } })).id;
}
const signer = (domain: string) => `signer${++signers}@${domain}`;
const standing = async (id: string) => (await db.signature.findUniqueOrThrow({ where: { id } })).hold;

/** A rule as it was made when a star stood for any characters. */
async function oldRule(kind: BlockPattern["kind"], pattern: string): Promise<string> {
  const block = { kind, pattern, reason: "Throwaway." };
  const id = (await addBlock({ admin, block, now: NOW })) ?? "";
  await runRecheck({ what: "block", ruleId: id }, NOW);
  cache.clear();
  return id;
}

describe("a rule of before, with a star", () => {
  it("goes on where it names all that is below a domain", async () => {
    const waiting = await signed(signer("mail.old.example"));
    const id = await oldRule("DOMAIN", "*.old.example");
    expect(await standing(waiting)).toBe("BLOCKED");
    expect(await standing(await signed(signer("other.old.example")))).toBe("BLOCKED");
    expect(await standing(await signed(signer("old.example")))).toBeNull();
    expect(await unruled(id, later(1))).toBe(2);
  });

  it("is told in the log and the overview where it names nobody, and what it set apart stays", async () => {
    const held = await signed(signer("retired.example"));
    await db.signature.update({ where: { id: held }, data: { hold: "BLOCKED" } });
    const other = await ruled("DOMAIN", "retired-other.example");
    const before = await countRetired(admin);
    const id = await oldRule("ADDRESS", "bot*@retired.example");
    expect(await countRetired(admin)).toBe(before + 1);
    const lines = await logged(() => signed(signer("retired.example")));
    expect(lines).toContain(id);
    await unruled(other, later(1));
    expect(await standing(held)).toBe("BLOCKED");
    await unruled(id, later(2));
    expect(await standing(held)).toBeNull();
  });
});

describe("what a rule would set apart", () => {
  it.each([
    ["DOMAIN", "preview.example", 3],
    ["DOMAIN", "mail.preview.example", 1],
    ["ADDRESS", "Bot1+x@preview.example", 1],
    ["NETWORK", "198.51.100.0/24", 1],
    ["NETWORK", "198.0.0.0/8", null],
  ] as const)("is said before: %s %s, %s", async (kind, text, waiting) => {
    await db.signature.deleteMany({ where: { state: { in: ["PENDING", "VERIFIED"] } } });
    await signed("bot1@preview.example", "198.51.100.7");
    await signed("bot+2@preview.example");
    await db.signature.updateMany({ where: { networkHash: null }, data: { hold: "UNCHECKED" } });
    await signed("x@mail.preview.example");
    const decided = await signed("bot3@preview.example");
    await db.signature.update({ where: { id: decided }, data: { state: "APPROVED" } });
    const invalid = await signed("bot4@preview.example");
    await db.signature.update({ where: { id: invalid }, data: { hold: "BULK" } });
    const preview = await previewBlock(admin, ruleOf(kind, text));
    expect(preview).toEqual({ waiting, freeMail: false });
  });

  it.each([
    ["gmail.com", true],
    ["googlemail.com", true],
    ["mailinator.com", false],
    ["example.org", false],
  ])("is known to be a whole free provider: %s, %s", async (text, freeMail) => {
    expect(await previewBlock(admin, ruleOf("DOMAIN", text))).toMatchObject({ freeMail });
  });

  it("is said to nobody who may not add rules", async () => {
    const reader = await moderator("rita@example.org", "READER");
    await expect(previewBlock(reader, block)).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("a new rule", () => {
  it("gives what waits without a proof of work the stronger reason, and leaves what was invalidated", async () => {
    const [unchecked, invalidated] = [
      await signed(signer("stronger.example")),
      await signed(signer("stronger.example")),
    ];
    await db.signature.update({ where: { id: unchecked }, data: { hold: "UNCHECKED", unchecked: true } });
    await db.signature.update({ where: { id: invalidated }, data: { hold: "BULK" } });
    const id = await ruled("DOMAIN", "stronger.example");
    expect(await standing(unchecked)).toBe("BLOCKED");
    expect(await unruled(id, later(1))).toBe(1);
    expect(await standing(unchecked)).toBe("UNCHECKED");
    expect(await standing(invalidated)).toBe("BULK");
  });

  it("does nothing any more once it is removed", async () => {
    const id = await signed(signer("late.example"));
    const rule = { ...ruleOf("DOMAIN", "late.example"), reason: "Throwaway." };
    const ruleId = (await addBlock({ admin, block: rule, now: NOW })) ?? "";
    await removeBlock({ admin, id: ruleId, now: NOW });
    await runRecheck({ what: "block", ruleId }, NOW);
    expect(await standing(id)).toBeNull();
  });
});

describe("a rule that was removed", () => {
  it("gives back what it set apart, with a trace, and mails what it kept, once", async () => {
    const before = await signed(signer("mistake.example"));
    const { slug } = await openLetter();
    const { signatureId: verified } = await waitingSignature(
      slug,
      individual({ email: signer("mistake.example") }),
    );
    const id = await ruled("DOMAIN", "mistake.example");
    const email = signer("mistake.example");
    const during = await signed(email);
    expect(await Promise.all([before, verified, during].map(standing))).toEqual(Array(3).fill("BLOCKED"));
    expect(await queuedMails(during)).toEqual([]);
    const mailsBefore = await queuedMails(before);
    expect(await unruled(id, later(1))).toBe(3);
    expect(await Promise.all([before, verified, during].map(standing))).toEqual(Array(3).fill(null));
    expect(await queuedToken(during)).toMatch(/^[0-9a-z]{25}$/);
    // It had its mail, and its link works still.
    expect(await queuedMails(before)).toEqual(mailsBefore);
    const audit = await db.auditEntry.findMany({ where: { action: "signature.unblock" } });
    expect(audit.filter(({ details }) => (details as { rule?: string }).rule === id)).toHaveLength(3);
    expect(await runRecheck({ what: "block", ruleId: id }, later(2))).toBe(0);
    expect(await queuedMails(during)).toHaveLength(1);
    // The mail counts: the next one waits for the pause after it.
    await requestNewLink({ email, now: later(2) });
    expect(await queuedMails(during)).toHaveLength(1);
  });

  it("sends no more than an address may get", async () => {
    const email = signer("limits.example");
    for (let count = 0; count < 3; count++) await signed(email);
    const id = await ruled("DOMAIN", "limits.example");
    const during = await signed(email);
    const { mailboxHash } = await db.signature.findUniqueOrThrow({ where: { id: during } });
    const before = await queuedMails(during);
    expect(before).toHaveLength(1);
    // With a working link the entry is shown already; without one its mail waits for the pause.
    await db.confirmationLink.updateMany({
      where: { mailboxHash: mailboxHash ?? "" },
      data: { usedAt: NOW },
    });
    expect(await unruled(id, later(1))).toBe(4);
    expect(await standing(during)).toBeNull();
    expect(await queuedMails(during)).toEqual(before);
    await releaseHeldMails({ now: later(2) });
    expect(await queuedMails(during)).toEqual(before);
    await releaseHeldMails({ now: later(12) });
    expect(await queuedMails(during)).toHaveLength(2);
  });

  it("sends none where a link shows what it kept", async () => {
    const email = signer("covered.example");
    await signed(email);
    const id = await ruled("DOMAIN", "covered.example");
    const during = await signed(email);
    const before = await queuedMails(during);
    expect(await unruled(id, later(60))).toBe(2);
    await releaseHeldMails({ now: later(60) });
    expect(await queuedMails(during)).toEqual(before);
  });

  it("leaves apart what another rule names", async () => {
    const [byDomain, byNetwork, byNone] = [
      await signed(signer("mail.twice.example")),
      await signed(signer("once.example"), "203.0.113.9"),
      await signed(signer("once.example"), "203.0.114.9"),
    ];
    const kept = [await ruled("DOMAIN", "mail.twice.example"), await ruled("NETWORK", "203.0.113.0/24")];
    const removed = [await ruled("DOMAIN", "twice.example"), await ruled("DOMAIN", "once.example")];
    const atOnce = await signed(signer("once.example"), "203.0.113.9");
    for (const id of removed) await unruled(id, later(1));
    const named = [byDomain, byNetwork, atOnce];
    expect(await Promise.all(named.map(standing))).toEqual(Array(3).fill("BLOCKED"));
    expect(await standing(byNone)).toBeNull();
    for (const id of kept) await unruled(id, later(2));
    expect(await Promise.all(named.map(standing))).toEqual(Array(3).fill(null));
  });

  it("leaves apart what a wide network may name, and not what is known to be its own work", async () => {
    const own = await signed(signer("own.example"), "192.0.2.1");
    const wide = await ruled("NETWORK", "203.0.0.0/16");
    const id = await ruled("DOMAIN", "own.example");
    const [inside, unknown] = [
      await signed(signer("own.example"), "203.0.113.77"),
      await signed(signer("own.example")),
    ];
    await unruled(id, later(1));
    expect(await Promise.all([own, inside, unknown].map(standing))).toEqual([null, "BLOCKED", null]);
    await unruled(wide, later(2));
    expect(await standing(inside)).toBeNull();
  });

  it("touches nothing that a moderator decided or set apart", async () => {
    const { slug } = await openLetter();
    const email = signer("decided.example");
    const { signatureId } = await waitingSignature(slug, individual({ email }));
    const id = await ruled("DOMAIN", "decided.example");
    await db.signature.update({ where: { id: signatureId }, data: { hold: "BULK" } });
    expect(await unruled(id, later(1))).toBe(0);
    expect(await standing(signatureId)).toBe("BULK");
  });
});
