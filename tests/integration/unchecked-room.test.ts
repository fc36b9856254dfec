import { expect, it } from "vitest";
import { LIMITS, UNCHECKED_WAITING } from "@/lib/abuse/limits/limits";
import { db } from "@/lib/db/client";
import { signLetter } from "@/lib/signatures/sign-letter";
import { CrowdedError } from "@/lib/signatures/unchecked-room";
import { individual, later, NOW, openLetter } from "../support/letters";
import { solvedProofOfWork } from "../support/solved-proof-of-work";

// As many as a test can afford; what it does at its edges is a unit test.
(UNCHECKED_WAITING as { most: number }).most = 12;

let count = 0;
const sign = (slug: string, more: object = {}) =>
  signLetter({
    slug,
    locale: "en",
    input: individual({ email: `zoe@room${++count}.example` }),
    now: NOW,
    ...more,
  });
const waiting = () => db.signature.count({ where: { unchecked: true } });

it("at the ceiling asks networks above their share to come later, keeps what waits, and refuses no proof of work", async () => {
  const { slug } = await openLetter();
  for (let place = 0; place < LIMITS.signingsOfLetter.points; place++) await sign(slug);
  // An attacker hops through one IPv6 /48; a person without JavaScript has a network of their own.
  const attacker = (place: number) => ({ network: `2001:db8:6:${place}::/64` });
  for (let place = 0; place < 12; place++) await sign(slug, attacker(place));
  expect(await waiting()).toBe(12);
  const refused = await sign(slug, attacker(99)).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(CrowdedError);
  expect(refused).toMatchObject({ code: "crowded", hours: 14 * 24 });
  expect(await waiting()).toBe(12);
  await sign(slug, { network: "198.51.100.7" });
  expect(await waiting()).toBe(13);
  await sign(slug, { ...attacker(98), proofOfWork: await solvedProofOfWork() });
  expect(await waiting()).toBe(13);
  // From twice as many on there is no room for anybody without a proof.
  for (let place = 0; place < 11; place++) await sign(slug, { network: `198.51.101.${place}` });
  await expect(sign(slug, { network: "198.51.102.1" })).rejects.toMatchObject({ code: "crowded" });
  expect(await waiting()).toBe(24);
  expect(await db.signature.count({ where: { state: "PENDING", expiresAt: { gt: later(0) } } })).toBe(
    24 + LIMITS.signingsOfLetter.points + 1,
  );
});
