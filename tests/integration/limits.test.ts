import { describe, expect, it } from "vitest";
import { exceeds, isSpent, takeOnce } from "@/lib/abuse/limits/limiter";
import { LIMITS, type Limit, type NetworkLimit, PROOF_OF_WORK } from "@/lib/abuse/limits/limits";
import { networkExceeds } from "@/lib/abuse/limits/network-limits";
import { limiterPool } from "@/lib/abuse/limits/store";
import { acceptProofOfWork } from "@/lib/abuse/proof-of-work/challenge";
import { cache } from "@/lib/cache/tagged-cache";
import { db } from "@/lib/db/client";
import { KEPT_DAYS } from "@/lib/retention/rules";
import { sweep } from "@/lib/retention/sweep";
import { networkHash } from "@/lib/signatures/claim";
import { releaseHeldMails } from "@/lib/signatures/release-held-mails";
import { signLetter } from "@/lib/signatures/sign-letter";
import { isPressed } from "@/lib/signatures/suspicion";
import { individual, later, NOW, openLetter } from "../support/letters";
import { queuedMails } from "../support/queued-mails";
import { solvedProofOfWork } from "../support/solved-proof-of-work";

let mailbox = 0;
const anybody = () => individual({ email: `limit${++mailbox}@example.org` });
const sign = (slug: string, more: object = {}) =>
  signLetter({ slug, locale: "en", input: anybody(), now: NOW, ...more });
const times = async (count: number, act: () => Promise<unknown>) => {
  for (let done = 0; done < count; done++) await act();
};
const holds = async (letterId: string) => {
  const rows = await db.signature.findMany({ where: { letterId }, orderBy: { id: "asc" } });
  return rows.map(({ hold }) => hold);
};

describe("a limit", () => {
  const limit: Limit = { name: "test", points: 3, seconds: 60 };

  it("is the same for all who count by it, and for nobody else", async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => exceeds(limit, "one")));
    expect(answers.filter((over) => over)).toHaveLength(7);
    expect(await isSpent(limit, "one")).toBe(true);
    expect(await isSpent(limit, "two")).toBe(false);
    expect(await exceeds(limit, "two")).toBe(false);
  });

  it("stores no more than a keyed hash, and forgets it after its window", async () => {
    await exceeds(limit, "192.0.2.77");
    const rows = await db.rateLimit.findMany();
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows.map(({ key }) => key))).not.toContain("192.0.2.77");
    await sweep(new Date(Date.now() + 61_000));
    expect(await db.rateLimit.count({ where: { key: { contains: "limit.test" } } })).toBe(0);
  });

  it("lets something be taken once", async () => {
    const once = { name: "once", points: 1, seconds: 60 };
    const taken = await Promise.all(Array.from({ length: 10 }, () => takeOnce(once, "it")));
    expect(taken.filter((first) => first)).toHaveLength(1);
  });

  it("is asked of the database again once its news may have been missed: it may be a restored one", async () => {
    for (let count = 0; count < 4; count++) await exceeds(limit, "three");
    await db.rateLimit.deleteMany();
    expect(await exceeds(limit, "three")).toBe(true);
    cache.clear();
    expect(await exceeds(limit, "three")).toBe(false);
  });
});

describe("the limit of a network", () => {
  const limit: NetworkLimit = { name: "test-network", points: 2, widePoints: 6, seconds: 60 };
  const inside = (place: number) => `2001:db8:77:${place.toString(16)}::/64`;

  it("holds for an IPv6 /48 as a whole, however many /64 somebody makes up in it", async () => {
    const over: boolean[] = [];
    for (let place = 1; place <= 40; place++) over.push(await networkExceeds(limit, inside(place)));
    expect(over).toEqual(Array.from({ length: 40 }, (_, place) => place >= limit.widePoints));
    expect(await networkExceeds(limit, inside(99))).toBe(true);
    // One row for each /64 within the limit, and one for the /48: what is beyond it leaves nothing.
    expect(await db.rateLimit.count({ where: { key: { contains: "limit.test-network" } } })).toBe(7);
    expect(await networkExceeds(limit, "2001:db8:78:1::/64")).toBe(false);
  });

  it("holds for a /64 and for an IPv4 address", async () => {
    for (const network of ["2001:db8:88:1::/64", "192.0.2.201"]) {
      const over = [1, 2, 3].map(() => () => networkExceeds(limit, network));
      const answers: boolean[] = [];
      for (const count of over) answers.push(await count());
      expect(answers).toEqual([false, false, true]);
    }
    expect(await networkExceeds(limit, "192.0.2.202")).toBe(false);
    expect(await networkExceeds(limit, null)).toBe(false);
  });
});

describe("signing under limits", () => {
  it("asks whoever hops through an IPv6 /48 for proofs", async () => {
    const { widePoints } = LIMITS.signingsOfNetwork;
    let slug = "";
    for (let place = 0; place <= widePoints; place++) {
      // Few to a letter: it is the network alone that is over its limit.
      if (place % 30 === 0) ({ slug } = await openLetter());
      await sign(slug, { network: `2001:db8:99:${place.toString(16)}::/64` });
    }
    const set = await db.signature.findMany({
      where: { letter: { slug } },
      orderBy: { id: "asc" },
      select: { hold: true },
    });
    expect(set.map(({ hold }) => hold)).toEqual(["UNCHECKED"]);
    expect(await db.signature.count({ where: { hold: "UNCHECKED" } })).toBe(1);
  });

  it("beyond its network's limit waits in hold, with its mail, on the same letter as others who do not", async () => {
    const letter = await openLetter();
    const network = "192.0.2.1";
    const { points } = LIMITS.signingsOfNetwork;
    await times(points, () => sign(letter.slug, { network }));
    expect(await isPressed(letter.id)).toBe(false);
    await sign(letter.slug, { network });
    await sign(letter.slug, { network: "192.0.2.2" });
    const kept = await holds(letter.id);
    expect(kept).toEqual([...Array(points).fill(null), "UNCHECKED", null]);
    const last = await db.signature.findFirstOrThrow({
      where: { letterId: letter.id, hold: "UNCHECKED" },
    });
    expect(last.networkHash).toBe(networkHash(network));
    await releaseHeldMails({ now: NOW });
    expect(await queuedMails(last.id)).toHaveLength(1);
  });

  it("to a letter under pressure waits in hold, unless a proof of work comes with it, which is good once", async () => {
    const letter = await openLetter();
    const { points } = LIMITS.signingsOfLetter;
    await times(points, () => sign(letter.slug));
    const proofOfWork = await solvedProofOfWork();
    await sign(letter.slug);
    await sign(letter.slug, { proofOfWork });
    await sign(letter.slug, { proofOfWork });
    await sign(letter.slug, { proofOfWork: "none" });
    expect((await holds(letter.id)).slice(points)).toEqual(["UNCHECKED", null, "UNCHECKED", "UNCHECKED"]);
  });

  it("asks a browser that can prove before anything is stored", async () => {
    const letter = await openLetter();
    await times(LIMITS.signingsOfLetter.points, () => sign(letter.slug, { asksBack: true }));
    const before = await db.signature.count({ where: { letterId: letter.id } });
    await expect(sign(letter.slug, { asksBack: true })).rejects.toMatchObject({ code: "unchecked" });
    expect(await db.signature.count({ where: { letterId: letter.id } })).toBe(before);
  });

  it("keeps the network's hash for 30 days", async () => {
    const letter = await openLetter();
    await sign(letter.slug, { network: "2001:db8:1:2::/64" });
    const hash = () => db.signature.findFirstOrThrow({ where: { letterId: letter.id } });
    await sweep(later(KEPT_DAYS.network * 24 * 60));
    expect((await hash()).networkHash).toBe(networkHash("2001:db8:1:2::/64"));
    await sweep(later(KEPT_DAYS.network * 24 * 60 + 1));
    expect((await hash()).networkHash).toBeNull();
  });

  it("goes on without the counters", async () => {
    const letter = await openLetter();
    await db.$executeRaw`ALTER TABLE rate_limit RENAME TO elsewhere`;
    try {
      await times(LIMITS.signingsOfLetter.points + 1, () => sign(letter.slug));
      // The process counts alone meanwhile.
      expect((await holds(letter.id)).at(-1)).toBe("UNCHECKED");
      // An honest browser's work is not lost by that; a proof is good once still.
      const proofOfWork = await solvedProofOfWork();
      expect([await acceptProofOfWork(proofOfWork), await acceptProofOfWork(proofOfWork)]).toEqual([
        true,
        false,
      ]);
      expect(await isPressed(letter.id)).toBe(true);
    } finally {
      await db.$executeRaw`ALTER TABLE elsewhere RENAME TO rate_limit`;
    }
  });

  it("counts without waiting for the disk", async () => {
    // The tests' server has it off for everybody; here it is this pool's own wish.
    const { rows } = await limiterPool().query(
      "SELECT setting, source FROM pg_settings WHERE name = 'synchronous_commit'",
    );
    expect(rows).toEqual([{ setting: "off", source: "client" }]);
  });
});

describe("a proof of work", () => {
  it("is refused when malformed, altered, expired or another's", async () => {
    // The counters rest after the failure above.
    await expect
      .poll(async () => acceptProofOfWork(await solvedProofOfWork()), { timeout: 10_000 })
      .toBe(true);
    const good = JSON.parse(Buffer.from(await solvedProofOfWork(), "base64").toString());
    const altered = (change: (proofOfWork: typeof good) => void) => {
      const copy = structuredClone(good);
      change(copy);
      return Buffer.from(JSON.stringify(copy)).toString("base64");
    };
    const wrong = [
      "",
      "none",
      "e30=",
      "x".repeat(100_000),
      altered((proofOfWork) => {
        proofOfWork.solution.counter += 1;
        proofOfWork.solution.derivedKey = "00".repeat(32);
      }),
      altered((proofOfWork) => {
        proofOfWork.challenge.parameters.cost = 1;
      }),
      altered((proofOfWork) => {
        proofOfWork.challenge.parameters.expiresAt += 9;
      }),
      altered((proofOfWork) => {
        proofOfWork.challenge.signature = "ab".repeat(32);
      }),
      await solvedProofOfWork(new Date(Date.now() - (PROOF_OF_WORK.seconds + 1) * 1_000)),
    ];
    for (const proofOfWork of wrong)
      expect([proofOfWork.slice(0, 40), await acceptProofOfWork(proofOfWork)]).toContain(false);
    expect(await acceptProofOfWork(altered(() => undefined))).toBe(true);
  });
});

describe("signing under the limit of all letters together", () => {
  it("waits in hold without a proof of work", async () => {
    const { points } = LIMITS.signings;
    const letters = [await openLetter(), await openLetter()];
    const { slug } = await openLetter();
    const counted = async () => {
      await sign(slug);
      return db.rateLimit.count({ where: { key: { contains: ".limit.signings." } } });
    };
    // The shared counter rests after the failure above.
    await expect.poll(counted, { timeout: 30_000, interval: 1_000 }).toBe(1);
    // As if so many had signed others: the window's count, as all processes share it.
    await db.$executeRaw`UPDATE rate_limit SET points = ${points} WHERE key LIKE '%limit.signings.%'`;
    for (const letter of letters) await sign(letter.slug);
    for (const { id } of letters) expect(await holds(id)).toEqual(["UNCHECKED"]);
    expect(await isPressed((await openLetter()).id)).toBe(true);
  });
});
