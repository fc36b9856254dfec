import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { closeLetter } from "@/lib/letters/close-letter";
import { confirmSignature } from "@/lib/signatures/confirm-signature";
import { lapseSignatures } from "@/lib/signatures/lapse-signatures";
import { signatureBehindToken } from "@/lib/signatures/queries";
import { releaseHeldMails } from "@/lib/signatures/release-held-mails";
import { requestNewLink } from "@/lib/signatures/request-new-link";
import { countryOf } from "@/lib/signatures/sealed-origin";
import { signLetter } from "@/lib/signatures/sign-letter";
import { individual, later, NOW, openLetter, organisation } from "../support/letters";
import { queuedMails, queuedToken } from "../support/queued-mails";

const signaturesOf = (letterId: string) =>
  db.signature.findMany({ where: { letterId }, orderBy: { id: "asc" } });
let mailbox = 0;
const ownMailbox = () => `person${++mailbox}@example.org`;

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
    await closeLetter(letter.slug, NOW, NOW);
    await expect(
      signLetter({ slug: letter.slug, locale: "en", input: individual(), now: NOW }),
    ).rejects.toMatchObject({ code: "closed" });
  });
});

describe("who may sign how often", () => {
  it("one mailbox signs once as an individual and once for each organisation", async () => {
    const letter = await openLetter();
    const email = ownMailbox();
    const spelled = email.replace("@", "+letters@").toUpperCase();
    const inputs = [
      individual({ email }),
      individual({ email: spelled, name: "Another Name" }),
      organisation({ email, name: "Example Foundation" }),
      organisation({ email, name: "EXAMPLE  Foundation" }),
      organisation({ email, name: "Example Trust" }),
    ];
    for (const input of inputs) await signLetter({ slug: letter.slug, locale: "en", input, now: NOW });
    expect(await signaturesOf(letter.id)).toHaveLength(3);
  });

  it("a repeat while pending: the latest content wins, the mail waits 10 minutes, the day has three", async () => {
    const { letter, input, signature } = await signed();
    const again = (minutes: number, country: string) =>
      signLetter({ slug: letter.slug, locale: "en", input: { ...input, country }, now: later(minutes) });
    await again(9, "FR");
    expect(await queuedMails(signature.id)).toHaveLength(1);
    await again(10, "DE");
    expect(await queuedMails(signature.id)).toHaveLength(2);
    await again(30, "TR");
    await again(60, "CA");
    expect(await queuedMails(signature.id)).toHaveLength(3);
    // A mail that was not sent makes nobody wait.
    const { mailPausedUntil } = await db.signature.findUniqueOrThrow({ where: { id: signature.id } });
    expect(mailPausedUntil).toEqual(later(40));
    await again(24 * 60 + 11, "US");
    expect(await queuedMails(signature.id)).toHaveLength(4);
    const [stored] = await db.signature.findMany({
      where: { letterId: letter.id },
      include: { signatory: true, key: true },
    });
    expect(stored?.revision).toBe(6);
    expect(stored && countryOf(stored.id, stored.key, stored.signatory)).toBe("US");
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
    expect(all.flat()).toHaveLength(3);
  });

  it("a repeat after confirming changes nothing; a mail says how it stands", async () => {
    const { letter, input, signature } = await signed();
    await confirmSignature({ token: await queuedToken(signature.id), revision: 1, now: later(1) });
    await signLetter({ slug: letter.slug, locale: "en", input: { ...input, country: "FR" }, now: later(20) });
    const [stored] = await db.signature.findMany({
      where: { letterId: letter.id },
      include: { signatory: true, key: true },
    });
    expect(stored).toMatchObject({ state: "VERIFIED", revision: 1 });
    expect(stored && countryOf(stored.id, stored.key, stored.signatory)).toBe("GB");
    expect((await queuedMails(signature.id)).map(({ message }) => message)).toEqual([
      "confirm-signature",
      "signature-standing",
    ]);
  });

  it("a lapsed signature releases the mailbox and erases the person", async () => {
    const { letter, input, signature } = await signed();
    const after = later(15 * 24 * 60);
    while ((await lapseSignatures({ now: after })) > 0);
    const lapsed = await db.signature.findUniqueOrThrow({
      where: { id: signature.id },
      include: { key: true, signatory: true, tokens: true },
    });
    expect(lapsed).toMatchObject({
      state: "EXPIRED",
      claim: null,
      address: null,
      addressHash: null,
      key: null,
      tokens: [],
    });
    expect(lapsed.signatory.typed).toBeNull();
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
    const lapseAll = async () => {
      while ((await lapseSignatures({ now: after })) > 0);
    };
    await expect(lapseAll()).rejects.toThrow("stuck");
    const states = await db.signature.findMany({
      where: { id: { in: [stuck.signature.id, other.signature.id] } },
      orderBy: { id: "asc" },
      select: { state: true },
    });
    expect(states.map(({ state }) => state)).toEqual(["PENDING", "EXPIRED"]);
    await db.$executeRawUnsafe("DROP TRIGGER stick ON signature");
    await lapseAll();
    expect((await db.signature.findUniqueOrThrow({ where: { id: stuck.signature.id } })).state).toBe(
      "EXPIRED",
    );
  });
});

describe("confirming", () => {
  it("verifies once; the link then tells that it was used", async () => {
    const { letter, signature } = await signed();
    const token = await queuedToken(signature.id);
    expect(await signatureBehindToken(db, token, later(1))).toMatchObject({
      state: "pending",
      revision: 1,
      slug: letter.slug,
    });
    await confirmSignature({ token, revision: 1, now: later(1) });
    await expect(confirmSignature({ token, revision: 1, now: later(2) })).rejects.toMatchObject({
      code: "not-found",
    });
    expect(await signatureBehindToken(db, token, later(2))).toEqual({
      state: "used",
      slug: letter.slug,
      signatureState: "VERIFIED",
      visibility: "PUBLIC",
    });
  });

  it("never confirms a content that its page did not show", async () => {
    const { letter, input, signature } = await signed();
    const token = await queuedToken(signature.id);
    await signLetter({ slug: letter.slug, locale: "en", input: { ...input, country: "FR" }, now: later(1) });
    await expect(confirmSignature({ token, revision: 1, now: later(2) })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await signatureBehindToken(db, token, later(2))).toMatchObject({
      state: "pending",
      revision: 2,
      country: "FR",
    });
    await confirmSignature({ token, revision: 2, now: later(3) });
  });

  it("works for seven days", async () => {
    const { signature } = await signed();
    const token = await queuedToken(signature.id);
    const end = later(7 * 24 * 60);
    await expect(confirmSignature({ token, revision: 1, now: end })).rejects.toMatchObject({
      code: "not-found",
    });
    expect(await signatureBehindToken(db, token, end)).toEqual({ state: "expired" });
    await confirmSignature({ token, revision: 1, now: new Date(end.getTime() - 1) });
  });

  it("works after the letter has closed, for what was signed in time", async () => {
    const { letter, signature } = await signed();
    await closeLetter(letter.slug, later(1), later(1));
    await confirmSignature({ token: await queuedToken(signature.id), revision: 1, now: later(2) });
  });

  it("does nothing for a token that nobody made", async () => {
    await expect(confirmSignature({ token: "x".repeat(25), revision: 1, now: NOW })).rejects.toMatchObject({
      code: "not-found",
    });
    expect(await signatureBehindToken(db, "x".repeat(25), NOW)).toEqual({ state: "unknown" });
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
