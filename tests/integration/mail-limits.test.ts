import { describe, expect, it } from "vitest";
import { LIMITS, MAIL_LIMITS } from "@/lib/abuse/limits/limits";
import { BLOCKS_TAG } from "@/lib/cache/changes";
import { cache } from "@/lib/cache/tagged-cache";
import { db } from "@/lib/db/client";
import { addBlock } from "@/lib/moderation/blocklist/add-block";
import { addressHash } from "@/lib/signatures/claim";
import { networkKeyOf, UNCHECKED_KEY } from "@/lib/signatures/mail-allowance";
import { releaseHeldMails } from "@/lib/signatures/release-held-mails";
import { requestNewLink } from "@/lib/signatures/request-new-link";
import type { SignatureInput } from "@/lib/signatures/schemas";
import { signLetter } from "@/lib/signatures/sign-letter";
import { individual, openLetter } from "../support/letters";
import { moderator } from "../support/moderators";

const DAY_MS = 86_400_000;
const now = new Date();
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

// Fewer than a deployment has, so that a test can use them up.
LIMITS.signingsOfLetter.points = 10;
Object.assign(MAIL_LIMITS.domain, { count: 30 });
Object.assign(MAIL_LIMITS.uncheckedDomain, { count: 8 });
Object.assign(MAIL_LIMITS.uncheckedFreeMail, { count: 30 });

const sign = (slug: string, input: SignatureInput, more: object = {}) =>
  signLetter({ slug, locale: "en", input, now, ...more });
const person = (name: number, domain: string) => individual({ email: `cap${name}@${domain}` });
const numbers = (count: number, first = 0) => Array.from({ length: count }, (_, place) => first + place);

/** A letter that wants a proof of work of everybody. */
async function pressedLetter(): Promise<string> {
  const { slug } = await openLetter();
  for (const place of numbers(LIMITS.signingsOfLetter.points))
    await sign(slug, individual({ email: `p${place}@${slug}.example` }));
  return slug;
}

/** Signs over as many letters as keep all of them from pressure: nobody wants a proof. */
async function signCalmly(inputs: SignatureInput[]): Promise<void> {
  let { slug } = await openLetter();
  for (const [place, input] of inputs.entries()) {
    if (place % LIMITS.signingsOfLetter.points === 0) ({ slug } = await openLetter());
    await sign(slug, input);
  }
}

/** On which day the mails that an act causes leave, the day of the act being 0: how many on each. */
async function daysOf(act: () => Promise<unknown>): Promise<Record<number, number>> {
  await db.mail.deleteMany();
  await act();
  const days: Record<number, number> = {};
  for (const day of [0, 1, 2]) {
    // In steps of the slices in which unchecked ones leave.
    for (let step = 0; step < 30; step++) {
      const time = new Date(now.getTime() + day * DAY_MS + step * 5 * 60_000);
      if ((await db.mail.count({ where: { state: "HELD", notBefore: { lte: time } } })) === 0) break;
      await releaseHeldMails({ now: time });
    }
    const { count } = await db.mail.deleteMany({ where: { state: "WAITING" } });
    if (count > 0) days[day] = count;
  }
  await forgetLater();
  return days;
}

/** What left on later days must not keep the next act's mails. */
async function forgetLater(): Promise<void> {
  await db.mail.deleteMany({ where: { state: "HELD" } });
  await db.addressMail.deleteMany({
    where: { OR: [{ addressHash: UNCHECKED_KEY }, { addressHash: { startsWith: networkKeyOf("") } }] },
  });
}

/** A network of its own for each. */
const ownNetwork = (place: number) => ({ network: `10.9.${place >> 8}.${place % 256}` });

describe("the mails of a domain", () => {
  it("beyond its day's number leave on a later day, but not at a free provider", async () => {
    const { count } = MAIL_LIMITS.domain;
    const people = (domain: string) => numbers(count + 5).map((name) => person(name, domain));
    expect(await daysOf(() => signCalmly(people("capped.example")))).toEqual({ 0: count, 1: 5 });
    expect(await daysOf(() => signCalmly(people("gmail.com")))).toEqual({ 0: count + 5 });
  });

  it("are counted for all hosts that somebody may make up in it", async () => {
    const { count } = MAIL_LIMITS.uncheckedDomain;
    const slug = await pressedLetter();
    const act = async () => {
      for (const name of numbers(count + 3))
        await sign(slug, person(name, `h${name}.wildcard.example`), ownNetwork(name));
    };
    expect(await daysOf(act)).toEqual({ 0: count, 1: 3 });
  });

  it("that it has no room for are none of the address's either", async () => {
    const { count } = MAIL_LIMITS.uncheckedDomain;
    const slug = await pressedLetter();
    const act = async () => {
      for (const name of numbers(3 * count + 2))
        await sign(slug, person(name, "crowded.example"), ownNetwork(name));
    };
    expect(await daysOf(act)).toEqual({ 0: count, 1: count, 2: count });
    const last = addressHash(`cap${3 * count + 1}@crowded.example`);
    expect((await db.addressMail.findUnique({ where: { addressHash: last } }))?.sentAt ?? []).toEqual([]);
  });
});

describe("signings without a proof of work that was wanted", () => {
  const { count } = MAIL_LIMITS.uncheckedDomain;

  it.each([
    ["in one go", async () => undefined],
    [
      "by asking for new links",
      async (_: string, inputs: SignatureInput[]) => {
        for (const minutes of [11, 22])
          for (const { email } of inputs) await requestNewLink({ email, now: at(minutes) });
      },
    ],
    [
      "by signing once more",
      async (slug: string, inputs: SignatureInput[]) => {
        for (const input of inputs) await sign(slug, input, { now: at(11) });
      },
    ],
  ])("leave the mails of the domain's own people untouched: %s", async (_, repeat) => {
    const slug = await pressedLetter();
    const domain = `d${slug}.example`;
    const inputs = numbers(count - 2).map((name) => person(name, domain));
    const act = async () => {
      for (const input of inputs) await sign(slug, input);
      await repeat(slug, inputs);
    };
    const days = await daysOf(act);
    expect(days[0]).toBeLessThanOrEqual(count);
    expect(await daysOf(() => signCalmly(numbers(3, 500).map((name) => person(name, domain))))).toEqual({
      0: 3,
    });
  });

  it("leave them untouched from a network that is blocked, too", async () => {
    const admin = await moderator();
    const network = "198.51.100.9";
    await addBlock({ admin, block: { kind: "NETWORK", pattern: network, reason: "bots" }, now });
    cache.invalidate(BLOCKS_TAG);
    const slug = await pressedLetter();
    const act = async () => {
      for (const name of numbers(count + 5)) await sign(slug, person(name, "behind.example"), { network });
    };
    expect(await daysOf(act)).toEqual({ 0: count, 1: 5 });
  });

  it("write to no more than so many strangers at a free provider", async () => {
    const free = MAIL_LIMITS.uncheckedFreeMail.count;
    const slug = await pressedLetter();
    const act = async () => {
      for (const name of numbers(free + 2)) await sign(slug, person(name, "mail.ru"), ownNetwork(name));
    };
    expect(await daysOf(act)).toEqual({ 0: free, 1: 2 });
  });

  it("wait until all others' mails have left", async () => {
    const slug = await pressedLetter();
    await sign(slug, person(1, "unhurried.example"));
    await releaseHeldMails({ now });
    const newest = { orderBy: [{ queuedAt: "desc" }, { id: "desc" }] } as const;
    const unchecked = await db.mail.findFirst({ where: { state: "WAITING" }, orderBy: [...newest.orderBy] });
    await signCalmly([person(2, "unhurried.example")]);
    const checked = await db.mail.findFirst({ where: { state: "WAITING" }, orderBy: [...newest.orderBy] });
    expect(checked?.priority).toBeGreaterThan(unchecked?.priority ?? 9);
  });
});
