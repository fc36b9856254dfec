import { v7 as uuid } from "uuid";
import { describe, expect, it } from "vitest";
import { WAITING_ENTRIES } from "@/lib/abuse/limits/limits";
import { bySystem } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { closeLetter } from "@/lib/letters/close-letter";
import { confirmSignature } from "@/lib/signatures/confirm-signature";
import { countryOf } from "@/lib/signatures/encrypted-origin";
import { expireSignatures } from "@/lib/signatures/expire-signatures";
import { behindLink } from "@/lib/signatures/queries";
import { releaseHeldMails } from "@/lib/signatures/release-held-mails";
import { requestNewLink } from "@/lib/signatures/request-new-link";
import type { SignatureInput } from "@/lib/signatures/schemas";
import { signLetter } from "@/lib/signatures/sign-letter";
import { individual, later, NOW, openLetter, organisation } from "../support/letters";
import { queuedMails, queuedToken } from "../support/queued-mails";

const signaturesOf = (letterId: string) =>
  db.signature.findMany({ where: { letterId }, orderBy: { id: "asc" } });
const wholeRow = (id: string) =>
  db.signature.findUniqueOrThrow({ where: { id }, include: { signatory: true } });
let mailbox = 0;
// A domain of its own each: some sign later than others, and a domain counts its mails in order.
const ownMailbox = () => `person${++mailbox}@own${mailbox}.example`;

async function signed(input = individual({ email: ownMailbox() }), now = NOW) {
  const letter = await openLetter();
  await signLetter({ slug: letter.slug, locale: "en", input, now });
  const [signature] = await signaturesOf(letter.id);
  if (!signature) throw new Error("no signature");
  return { letter, input, signature };
}

describe("signing", () => {
  it("makes a pending signature and queues one mail", async () => {
    const { signature } = await signed();
    expect(signature).toMatchObject({ state: "PENDING", revision: 1, visibility: "PUBLIC" });
    expect(await queuedMails(signature.id)).toMatchObject([{ message: "confirm-signature" }]);
  });

  it("keeps nothing about the person in the clear", async () => {
    const input = individual({
      email: ownMailbox(),
      comment: "a remark that is mine",
      name: "Zoë Unmistakable",
    });
    const { signature } = await signed(input);
    const stored = JSON.stringify(
      await db.signature.findUnique({ where: { id: signature.id }, include: { signatory: true, key: true } }),
    );
    for (const secret of [input.email, "remark", "Unmistakable", "Reader"])
      expect(stored).not.toContain(secret);
  });

  it.each([
    ["a letter that is not there", { opensAt: null }, "not-found"],
    ["a draft", { opensAt: later(1) }, "not-found"],
    ["a closed letter", { closesAt: NOW }, "closed"],
  ])("refuses %s", async (_, times, code) => {
    const letter = await openLetter(times);
    await expect(
      signLetter({ slug: letter.slug, locale: "en", input: individual(), now: NOW }),
    ).rejects.toMatchObject({ code });
    expect(await signaturesOf(letter.id)).toEqual([]);
  });

  it("refuses a letter that was closed while the form was filled in", async () => {
    const letter = await openLetter();
    await closeLetter(bySystem(NOW), letter.slug);
    expect(await db.auditEntry.count({ where: { action: "letter.close", letterId: letter.id } })).toBe(1);
    await expect(
      signLetter({ slug: letter.slug, locale: "en", input: individual(), now: NOW }),
    ).rejects.toMatchObject({ code: "closed" });
  });
});

describe("who may sign how often", () => {
  it("two people of one mailbox sign, and each organisation once: confirming decides", async () => {
    const letter = await openLetter();
    const email = "secretariat@days.example";
    const spelled = email.replace("@", "+letters@").toUpperCase();
    const inputs = [
      individual({ email }),
      individual({ email: spelled, name: "Another Name" }),
      individual({ email, name: "A Third Name" }),
      organisation({ email, name: "Example Foundation" }),
      organisation({ email, name: "EXAMPLE  Foundation" }),
      organisation({ email, name: "Example Trust" }),
    ];
    const outcomes: string[] = [];
    // A day apart, so that each has its mail.
    for (const [day, input] of inputs.entries())
      await signLetter({ slug: letter.slug, locale: "en", input, now: later(day * 24 * 60) });
    for (const { id } of await signaturesOf(letter.id)) {
      const token = await queuedToken(id);
      await confirmSignature({ id, token, revision: 1, now: later(6 * 24 * 60) }).then(
        () => outcomes.push("confirmed"),
        ({ code }) => outcomes.push(code),
      );
    }
    // Two people may share a mailbox, and no third.
    expect(outcomes).toEqual([
      "confirmed",
      "confirmed",
      "already-signed",
      "confirmed",
      "already-signed",
      "confirmed",
    ]);
    const states = (await signaturesOf(letter.id)).map(({ state }) => state);
    expect(states).toEqual(["VERIFIED", "VERIFIED", "PENDING", "VERIFIED", "PENDING", "VERIFIED"]);
  });

  it("an equal submission is the same one: its mail waits 10 minutes, the day has two and a reserve", async () => {
    const { letter, input, signature } = await signed();
    const again = (minutes: number) =>
      signLetter({
        slug: letter.slug,
        locale: "ar",
        input: { ...input, email: input.email.toUpperCase() },
        now: later(minutes),
      });
    await again(9);
    expect(await queuedMails(signature.id)).toHaveLength(1);
    await again(10);
    expect(await queuedMails(signature.id)).toHaveLength(2);
    // The third is a reserve.
    await again(30);
    await again(60);
    expect(await queuedMails(signature.id)).toHaveLength(2);
    await again(24 * 60 + 11);
    expect(await queuedMails(signature.id)).toHaveLength(3);
    const after = { ...signature, expiresAt: later(15 * 24 * 60 + 11) };
    expect(await signaturesOf(letter.id)).toEqual([after]);
  });

  it.each<[string, Partial<SignatureInput> & { name?: string; plus?: boolean }]>([
    ["visibility", { visibility: "PUBLIC" }],
    ["name", { name: "Somebody Else" }],
    ["country", { country: "FR" }],
    ["comment", { comment: "more" }],
    ["news", { updates: true }],
    ["the spelling of the address", { plus: true }],
  ])("a submission changes no other, where it differs in %s", async (_, { plus, ...change }) => {
    const email = ownMailbox();
    const mine = { email, visibility: "WITHHELD" } as const;
    const { letter, signature } = await signed(individual(mine));
    const before = await wholeRow(signature.id);
    const spelled = plus ? email.replace("@", "+x@") : email;
    const input = individual({ ...mine, ...change, email: spelled });
    await signLetter({ slug: letter.slug, locale: "en", input, now: later(15), network: "192.0.2.1" });
    expect(await wholeRow(signature.id)).toEqual(before);
    const [, other] = await signaturesOf(letter.id);
    expect(other).toMatchObject({ state: "PENDING", visibility: change.visibility ?? "WITHHELD" });
    await releaseHeldMails({ now: later(15) });
    expect((await queuedMails(other?.id)).at(-1)).toMatchObject({ message: "confirm-signature" });
  });

  it("an equal submission to another text of the letter is another", async () => {
    const { letter, input } = await signed();
    const version = await db.letterVersion.findFirstOrThrow({ where: { letterId: letter.id } });
    await db.letterVersion.create({ data: { ...version, id: uuid(), number: 2 } });
    await signLetter({ slug: letter.slug, locale: "en", input, now: later(15) });
    const versions = (await signaturesOf(letter.id)).map(({ letterVersionId }) => letterVersionId);
    expect(new Set(versions).size).toBe(2);
  });

  it("a mailbox has so many entries waiting, and no single network takes all its places", async () => {
    const letter = await openLetter();
    const email = ownMailbox();
    const sign = (place: number, network: string | null) =>
      signLetter({
        slug: letter.slug,
        locale: "en",
        input: individual({ email, name: `Ada ${place}` }),
        now: NOW,
        network,
      });
    const { mailbox, network } = WAITING_ENTRIES;
    for (let place = 0; place <= network; place++) await sign(place, "192.0.2.1");
    expect(await signaturesOf(letter.id)).toHaveLength(network);
    for (let place = 100; place <= 100 + mailbox; place++) await sign(place, `198.51.100.${place}`);
    expect(await signaturesOf(letter.id)).toHaveLength(mailbox);
    // Its owner is not shut out from what waits already.
    await sign(0, "192.0.2.1");
  });

  it("counts the mails of an address over all its signatures and spellings", async () => {
    const letter = await openLetter();
    const email = ownMailbox();
    for (const name of ["One", "Two", "Three", "Four", "Five"]) {
      const input = organisation({ email: email.replace("@", `+${name}@`), name: `Example ${name}` });
      await signLetter({ slug: letter.slug, locale: "en", input, now: NOW });
    }
    for (const minutes of [10, 20, 30, 40]) await releaseHeldMails({ now: later(minutes) });
    const all = await Promise.all((await signaturesOf(letter.id)).map(({ id }) => queuedMails(id)));
    expect(all.flat()).toHaveLength(2);
  });

  it("a repeat after confirming changes nothing; a mail says how it stands", async () => {
    const { letter, input, signature } = await signed(
      individual({ email: ownMailbox(), visibility: "WITHHELD" }),
    );
    await confirmSignature({
      id: signature.id,
      token: await queuedToken(signature.id),
      revision: 1,
      now: later(1),
    });
    const changed = { ...input, country: "FR", visibility: "PUBLIC" } as const;
    await signLetter({ slug: letter.slug, locale: "en", input: changed, now: later(20) });
    const [stored] = await db.signature.findMany({
      where: { letterId: letter.id },
      include: { signatory: true, key: true },
    });
    expect(stored).toMatchObject({ state: "VERIFIED", visibility: "WITHHELD", revision: 1 });
    expect(stored && countryOf(stored.id, stored.key, stored.signatory.encryptedCountry)).toBe("GB");
    expect(await signaturesOf(letter.id)).toHaveLength(1);
    expect((await queuedMails(signature.id)).map(({ message }) => message)).toEqual([
      "confirm-signature",
      "signature-standing",
    ]);
  });

  it("a expired signature releases the mailbox and erases the person", async () => {
    const { letter, input, signature } = await signed();
    const after = later(15 * 24 * 60);
    // Those of the tests before would be erased too, one after the other.
    const others = { letterId: { not: letter.id }, state: "PENDING" as const };
    await db.signature.updateMany({ where: others, data: { expiresAt: later(100 * 24 * 60) } });
    expect(await expireSignatures({ now: after })).toBe(1);
    const expired = await db.signature.findUniqueOrThrow({
      where: { id: signature.id },
      include: { key: true, signatory: true },
    });
    expect(expired).toMatchObject({
      state: "EXPIRED",
      claim: null,
      address: null,
      addressHash: null,
      key: null,
      mailboxHash: null,
    });
    expect(expired.signatory.typed).toBeNull();
    await signLetter({ slug: letter.slug, locale: "en", input, now: after });
    expect(await signaturesOf(letter.id)).toHaveLength(2);
  });
});

describe("one signature's trouble", () => {
  it("keeps no other from lapsing, and is heard of", async () => {
    const [stuck, other] = [await signed(), await signed()];
    const after = later(15 * 24 * 60);
    await db.$executeRawUnsafe(
      `CREATE FUNCTION stick() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''stuck''; END'`,
    );
    await db.$executeRawUnsafe(
      `CREATE TRIGGER stick BEFORE UPDATE ON signature FOR EACH ROW WHEN (OLD.id = '${stuck.signature.id}') EXECUTE FUNCTION stick()`,
    );
    const expireAll = async () => {
      while ((await expireSignatures({ now: after })) > 0);
    };
    await expect(expireAll()).rejects.toThrow("stuck");
    const states = await db.signature.findMany({
      where: { id: { in: [stuck.signature.id, other.signature.id] } },
      orderBy: { id: "asc" },
      select: { state: true },
    });
    expect(states.map(({ state }) => state)).toEqual(["PENDING", "EXPIRED"]);
    await db.$executeRawUnsafe("DROP TRIGGER stick ON signature");
    await expireAll();
    expect((await db.signature.findUniqueOrThrow({ where: { id: stuck.signature.id } })).state).toBe(
      "EXPIRED",
    );
  });
});

describe("confirming", () => {
  it("verifies once; the link then tells that it was used", async () => {
    const { letter, signature } = await signed();
    const token = await queuedToken(signature.id);
    const { id } = signature;
    expect(await behindLink(db, token, later(1))).toMatchObject({
      state: "open",
      entries: [{ id, revision: 1, slug: letter.slug, ticked: true, obstacle: null }],
      confirmed: [],
    });
    await confirmSignature({ id, token, revision: 1, now: later(1) });
    await expect(confirmSignature({ id, token, revision: 1, now: later(2) })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await behindLink(db, token, later(2))).toMatchObject({
      state: "open",
      entries: [],
      confirmed: [{ slug: letter.slug, state: "VERIFIED", visibility: "PUBLIC" }],
    });
  });

  it("works for seven days", async () => {
    const { signature } = await signed();
    const token = await queuedToken(signature.id);
    const end = later(7 * 24 * 60);
    const { id } = signature;
    await expect(confirmSignature({ id, token, revision: 1, now: end })).rejects.toMatchObject({
      code: "not-found",
    });
    expect(await behindLink(db, token, end)).toEqual({ state: "expired" });
    await confirmSignature({ id, token, revision: 1, now: new Date(end.getTime() - 1) });
  });

  it("works after the letter has closed, for what was signed in time", async () => {
    const { letter, signature } = await signed();
    await closeLetter(bySystem(later(1)), letter.slug);
    await confirmSignature({
      id: signature.id,
      token: await queuedToken(signature.id),
      revision: 1,
      now: later(2),
    });
  });

  it("does nothing for a token that nobody made", async () => {
    await expect(
      confirmSignature({ id: uuid(), token: "x".repeat(25), revision: 1, now: NOW }),
    ).rejects.toMatchObject({
      code: "not-found",
    });
    expect(await behindLink(db, "x".repeat(25), NOW)).toEqual({ state: "unknown" });
  });

  it("sends a new link for what waits, within the limits, and nothing for a mailbox without any", async () => {
    const { input, signature } = await signed();
    await requestNewLink({ email: input.email, now: later(1) });
    expect(await queuedMails(signature.id)).toHaveLength(1);
    await requestNewLink({ email: input.email.toUpperCase(), now: later(8 * 24 * 60) });
    await releaseHeldMails({ now: later(8 * 24 * 60) });
    expect(await queuedMails(signature.id)).toHaveLength(2);
    const before = await queuedMails();
    await requestNewLink({ email: "nobody@example.org", now: NOW });
    expect(await queuedMails()).toHaveLength(before.length);
  });
});
