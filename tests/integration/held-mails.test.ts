import { describe, expect, it } from "vitest";
import { LIMITS, MAIL_LIMITS } from "@/lib/abuse/limits/limits";
import { db } from "@/lib/db/client";
import { addBlock } from "@/lib/moderation/blocklist/add-block";
import { confirmSignature } from "@/lib/signatures/confirm-signature";
import { releaseHeldMails } from "@/lib/signatures/release-held-mails";
import { requestNewLink } from "@/lib/signatures/request-new-link";
import type { SignatureInput } from "@/lib/signatures/schemas";
import { signLetter } from "@/lib/signatures/sign-letter";
import { withdrawSignatures } from "@/lib/signatures/withdraw-signatures";
import { individual, later, openLetter, organisation } from "../support/letters";
import { logged } from "../support/logged";
import { moderator } from "../support/moderators";
import { heldMails, queuedMails, queuedToken } from "../support/queued-mails";
import { solvedProofOfWork } from "../support/solved-proof-of-work";

// Small enough for a test to spend.
LIMITS.signingsOfLetter.points = 10;
Object.assign(MAIL_LIMITS.unchecked, { count: 5 });
Object.assign(MAIL_LIMITS.uncheckedNetwork, { count: 12 });

const DAY = 24 * 60;

/** Signs, at so many minutes. */
const sign = (slug: string, input: SignatureInput, minutes = 0, more: object = {}) =>
  signLetter({ slug, locale: "en", input, now: later(minutes), ...more });

/** Of each mailbox in which entries for a letter wait, in the order of signing, how many mails were queued. */
async function mailsOf(letterId: string): Promise<number[]> {
  const rows = await db.$queryRaw<{ mails: number }[]>`
    SELECT (SELECT count(*)::int FROM mail m WHERE m.mailbox_hash = s.mailbox_hash AND m.state <> 'HELD') AS mails
    FROM (SELECT mailbox_hash, min(id::text) AS first FROM signature WHERE letter_id = ${letterId}::uuid GROUP BY 1) s ORDER BY s.first`;
  return rows.map(({ mails }) => mails);
}

const sum = (counts: number[]) => counts.reduce((one, other) => one + other, 0);

/** Lets time pass in steps, as a worker sees it. @returns the minutes at which mails left */
async function pass(from: number, to: number, step: number): Promise<number[]> {
  const at: number[] = [];
  for (let minute = from; minute <= to; minute += step)
    for (let left = await release(minute); left > 0; left--) at.push(minute);
  return at;
}
const release = (minutes: number) => releaseHeldMails({ now: later(minutes) });

/** A letter that wants a proof of everybody. */
async function pressedLetter() {
  const letter = await openLetter();
  for (let place = 0; place < LIMITS.signingsOfLetter.points; place++)
    await sign(letter.slug, individual({ email: `p${place}@${letter.slug}.example` }));
  return letter;
}

const people = (count: number, domain: string) =>
  Array.from({ length: count }, (_, place) => individual({ email: `zoe@${domain}-${place}.example` }));

describe("a mail that a limit holds back", () => {
  it("leaves when the address may have one, and serves all the organisations of one secretariat", async () => {
    const letter = await openLetter();
    for (const name of ["One", "Two", "Three", "Four", "Five"])
      await sign(letter.slug, organisation({ email: "secretariat@five.example", name: `Example ${name}` }));
    expect([await mailsOf(letter.id), await heldMails(letter.id)]).toEqual([[1], 1]);
    expect([...(await pass(0, 60, 5)), ...(await pass(120, 2 * DAY, 60))]).toEqual([10]);
    expect(await mailsOf(letter.id)).toEqual([2]);
    expect(await heldMails(letter.id)).toBe(0);
  });

  it("leaves also behind one that cannot, which is tried again later", async () => {
    const letter = await openLetter();
    for (const domain of ["stuck", "fine"])
      for (const name of ["One", "Two"])
        await sign(
          letter.slug,
          organisation({ email: `office@${domain}.example`, name: `${domain} ${name}` }),
        );
    const [stuck] = await db.signature.findMany({ where: { letterId: letter.id }, orderBy: { id: "asc" } });
    const where = { signatureId: stuck?.id ?? "" };
    const { wrapped = "" } = (await db.signatureKey.findFirst({ where })) ?? {};
    await db.signatureKey.updateMany({ where, data: { wrapped: "damaged" } });
    expect(await logged(() => release(10))).toContain("a held email could not be sent");
    expect(await mailsOf(letter.id)).toEqual([1, 2]);
    await db.signatureKey.updateMany({ where, data: { wrapped } });
    await release(20);
    expect(await mailsOf(letter.id)).toEqual([2, 2]);
  });

  it("leaves ten minutes after the last about a signature: signing again just after confirming too", async () => {
    const letter = await openLetter();
    const input = individual({ email: "again@ten.example" });
    await sign(letter.slug, input);
    const { id } = await db.signature.findFirstOrThrow({ where: { letterId: letter.id } });
    await confirmSignature({ id, token: await queuedToken(id), revision: 1, now: later(1) });
    await sign(letter.slug, input, 3);
    await sign(letter.slug, input, 4);
    expect(await pass(4, 60, 1)).toEqual([10]);
    expect((await queuedMails(id)).map(({ message }) => message)).toEqual([
      "confirm-signature",
      "signature-standing",
    ]);
  });

  it("is none of a second click or of a browser that heard no answer; who signs again later gets one", async () => {
    const letter = await openLetter();
    const input = individual({ email: "click@twice.example" });
    for (const minutes of [0, 0, 1]) await sign(letter.slug, input, minutes);
    expect(await heldMails(letter.id)).toBe(0);
    await sign(letter.slug, input, 5);
    expect(await pass(5, 60, 5)).toEqual([10]);
  });

  it("leaves once for all that waits when somebody asks for new links, however often", async () => {
    const letter = await openLetter();
    const email = "links@many.example";
    for (let place = 0; place < 5; place++)
      await sign(letter.slug, organisation({ email, name: `Links ${place}` }));
    await pass(0, 2 * DAY, 60);
    for (let again = 0; again < 3; again++) await requestNewLink({ email, now: later(4 * DAY + again) });
    expect(await heldMails(letter.id)).toBe(1);
    expect(await pass(4 * DAY + 10, 6 * DAY, 60)).toHaveLength(1);
    expect(await mailsOf(letter.id)).toEqual([3]);
  });

  it("leaves once, however many workers look", async () => {
    const letter = await openLetter();
    for (const name of ["One", "Two"])
      await sign(letter.slug, organisation({ email: "one@once.example", name: `Example ${name}` }));
    const left = await Promise.all(Array.from({ length: 8 }, () => release(10)));
    expect(sum(left)).toBe(1);
    expect(await mailsOf(letter.id)).toEqual([2]);
  });

  it("does not leave for who has withdrawn, nor to an address that was blocked meanwhile", async () => {
    const letter = await openLetter();
    for (const domain of ["gone.example", "blocked.example"])
      for (const name of ["One", "Two"])
        await sign(letter.slug, organisation({ email: `held@${domain}`, name: `${name} ${domain}` }));
    expect(await heldMails(letter.id)).toBe(2);
    await withdrawSignatures({ email: "held@gone.example", now: later(1) });
    const admin = await moderator();
    const block = { kind: "DOMAIN", pattern: "blocked.example", reason: "bots" } as const;
    await addBlock({ admin, block, now: later(1) });
    await db.signature.updateMany({
      where: { letterId: letter.id, state: "PENDING" },
      data: { hold: "BLOCKED" },
    });
    expect(await pass(10, 30, 10)).toEqual([]);
    expect(await heldMails(letter.id)).toBe(0);
  });
});

describe("mails of signings without the proof of work that was wanted", () => {
  const { count } = MAIL_LIMITS.unchecked;

  it("leave in small numbers every five minutes, however many domains and networks somebody has", async () => {
    const letter = await pressedLetter();
    for (const [place, input] of people(2 * count + 5, "made-up").entries())
      await sign(letter.slug, input, 0, { network: `192.0.2.${place}` });
    expect(await heldMails(letter.id)).toBe(2 * count + 5);
    const left = await pass(0, 14, 1);
    expect(left).toEqual([...Array(count).fill(0), ...Array(count).fill(5), ...Array(5).fill(10)]);
  });

  it("leave in turn among networks, the least served first, IPv6 by the /48", async () => {
    const letter = await pressedLetter();
    for (const [place, input] of people(4 * count, "flood").entries())
      await sign(letter.slug, input, 60, { network: `2001:db8:5:${place.toString(16)}::/64` });
    expect(await release(60)).toBe(count);
    const person = individual({ email: "person@no-script.example" });
    await sign(letter.slug, person, 61, { network: "198.51.100.20" });
    const { id } = await db.signature.findFirstOrThrow({
      where: { letterId: letter.id },
      orderBy: { id: "desc" },
    });
    expect(await release(64)).toBe(0);
    expect(await release(65)).toBe(count);
    expect(await queuedMails(id)).toHaveLength(1);
    // One network alone never has more than its number in an hour.
    const left = await pass(66, 119, 1);
    expect(2 * count - 1 + left.length).toBe(MAIL_LIMITS.uncheckedNetwork.count);
  });

  it("leave at once when the signing is repeated with a proof of work", async () => {
    const letter = await pressedLetter();
    const input = individual({ email: "proves@later.example" });
    await sign(letter.slug, input, 200);
    const { id } = await db.signature.findFirstOrThrow({
      where: { letterId: letter.id },
      orderBy: { id: "desc" },
    });
    await sign(letter.slug, input, 200, { proofOfWork: await solvedProofOfWork() });
    expect(await queuedMails(id)).toHaveLength(1);
    expect(await heldMails(letter.id)).toBe(0);
  });
});

it("keeps nothing of where a mail came from or goes to in the clear", async () => {
  const letter = await pressedLetter();
  await sign(letter.slug, individual({ email: "canary@encrypted.example" }), 300, {
    network: "203.0.113.77",
  });
  const rows = await db.$queryRaw`SELECT m::text FROM mail m`;
  expect(JSON.stringify(rows)).not.toMatch(/canary|encrypted\.example|203\.0\.113/);
  expect(await heldMails(letter.id)).toBe(1);
});
