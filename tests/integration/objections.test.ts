import { beforeEach, describe, expect, it } from "vitest";
import { LIMITS } from "@/lib/abuse/limits/limits";
import { networkExceeds } from "@/lib/abuse/limits/network-limits";
import { readTally } from "@/lib/counts/queries";
import { recount } from "@/lib/counts/recount";
import { db } from "@/lib/db/client";
import { decrypt } from "@/lib/encryption/encrypt";
import { keepHouse } from "@/lib/jobs/housekeeping";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { signatureDetail } from "@/lib/moderation/signature-detail";
import { confirmObjection } from "@/lib/objections/confirm-objection";
import { openContents } from "@/lib/objections/contents";
import { keepObjected, removeObjected } from "@/lib/objections/decide-objection";
import { objectTo } from "@/lib/objections/object";
import { isAtOwnDomain } from "@/lib/objections/own-domain";
import { decidedObjections, entryOf, objectedEntries, waitingObjections } from "@/lib/objections/queries";
import { MOST_TOLD } from "@/lib/objections/rules";
import { readPublicList } from "@/lib/signatories/public-list";
import { isLinkKnown } from "@/lib/signatures/behind-token";
import { addressHash } from "@/lib/signatures/claim";
import { individual, later, NOW, openLetter, organisation } from "../support/letters";
import { moderator, waitingSignature } from "../support/moderators";
import { rounds } from "../support/tier";

const DAY = 24 * 60;
let place: { id: string; slug: string };
let objectors = 0;

async function approved(input: Parameters<typeof waitingSignature>[1]): Promise<string> {
  const seen = await waitingSignature(place.slug, input);
  await approveSignature({ admin: await moderator(), seen, now: NOW, asExpert: false });
  return seen.signatureId;
}
const list = async () => (await readPublicList(db, place.id, {}, {}, 100)).signatories;
const names = async () => (await list()).map(({ name }) => name);

async function object(name: string, email: string, minutes = 1, network: string | null = null) {
  const entry = (await list()).find((one) => one.name === name)?.entry ?? "";
  const of = { slug: place.slug, entry, email, comment: "A word of the objector", locale: "en", network };
  return objectTo({ ...of, now: later(minutes) });
}
/** The token of the link that a mailbox was mailed. */
async function mailedToken(email: string) {
  const row = await db.objection.findFirst({
    where: { addressHash: addressHash(email), state: "UNCONFIRMED" },
  });
  const opened = row && openContents(row);
  const mail = await db.mail.findFirst({
    where: { message: "confirm-objection", payload: { path: ["objectionId"], equals: row?.id ?? "" } },
  });
  const { encryptedToken = "" } = (mail?.payload ?? {}) as { encryptedToken?: string };
  if (!opened) throw new Error("nothing waits for this mailbox");
  return decrypt(opened.key, "mail.token", encryptedToken);
}
/** As its mailbox does with it. */
const confirm = async (email: string, minutes = 2) =>
  confirmObjection(await mailedToken(email), later(minutes));
async function objected(name: string, email: string, minutes = 1) {
  await object(name, email, minutes);
  await confirm(email, minutes + 1);
}
const open = async () =>
  (await objectedEntries(await moderator(), "en")).filter((one) => one.slug === place.slug);
const told = (signatureId: string) =>
  db.mail.count({ where: { signatureId, message: "signature-objected" } });
const stranger = () => `stranger${objectors++}@gmail.com`;

describe("an objection", () => {
  let ada: string;
  let adaEmail: string;

  beforeEach(async () => {
    place = await openLetter();
    adaEmail = `ada${objectors++}@objections.example`;
    ada = await approved(individual({ email: adaEmail, name: "Ada Exampleton" }));
    await approved(
      organisation({ email: `robin@foundation${objectors}.example.org`, name: "Example Foundation" }),
    );
  });

  it("does nothing before its mailbox has confirmed it, by a link that the server knows", async () => {
    const email = stranger();
    await object("Ada Exampleton", email);
    expect(await isLinkKnown(await mailedToken(email))).toBe(true);
    expect(await open()).toEqual([]);
    expect(await told(ada)).toBe(0);
    const raw = JSON.stringify(await db.objection.findMany());
    expect(raw).not.toContain(email);
    expect(raw).not.toContain("word of the objector");
    await confirm(email);
    expect(await open()).toMatchObject([{ written: [{ email }], own: false, name: "Ada Exampleton" }]);
    expect(await names()).toContain("Ada Exampleton");
    expect(await told(ada)).toBe(1);
  });

  it("hides the name at once from its own mailbox, and a moderator who keeps it shows it again", async () => {
    const own = adaEmail;
    await objected("Ada Exampleton", own);
    const [waiting] = await open();
    expect(waiting).toMatchObject({ own: true });
    expect(await names()).toEqual(["Example Foundation"]);
    expect(await told(ada)).toBe(0);
    expect(await recount(false, later(9))).toEqual([]);
    await keepObjected({ admin: await moderator(), id: waiting?.id ?? "", now: later(5) });
    expect(await names()).toContain("Ada Exampleton");
    expect((await readTally(db, place.id)).total).toBe(2);
    // A moderator has looked into it: now it takes one again.
    await objected("Ada Exampleton", own, 2 * DAY);
    expect(await names()).toContain("Ada Exampleton");
    expect(await open()).toMatchObject([{ own: false }]);
    // And its page does not promise otherwise.
    const { entry = "" } = (await list()).find(({ name }) => name === "Ada Exampleton") ?? {};
    expect(await entryOf(place.slug, entry)).toMatchObject({ kept: true });
    const said = { signatureId: ada, action: "signature.object" };
    expect(await db.auditEntry.findMany({ where: said })).toMatchObject([{ actor: "SIGNATORY" }]);
  });

  it("hides an organisation's entry from a mailbox at its own domain", async () => {
    await objected("Example Foundation", "press@foundation.example.org");
    expect(await names()).toEqual(["Ada Exampleton"]);
    // A colleague is not who signed.
    const said = { letterId: place.id, action: "signature.object" };
    expect(await db.auditEntry.findMany({ where: said })).toMatchObject([{ actor: "SYSTEM" }]);
  });

  it("is decided once for all who object; numbers are public, and the signatory reads the moderator's words alone", async () => {
    const [one, other] = [stranger(), stranger()];
    await objected("Ada Exampleton", one);
    await objected("Ada Exampleton", other);
    expect(await told(ada)).toBe(1);
    const second = await db.objection.findFirst({ where: { addressHash: addressHash(other) } });
    const [first, ...rest] = await open();
    expect([first?.count, rest.length], "one decision").toEqual([2, 0]);
    const admin = await moderator();
    await removeObjected({ admin, id: first?.id ?? "", reason: "Not confirmed when asked", now: later(9) });
    expect(await names()).toEqual(["Example Foundation"]);
    expect(await open()).toEqual([]);
    await expect(keepObjected({ admin, id: second?.id ?? "", now: later(9) })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await decidedObjections(place.slug)).toEqual({ decided: 1, removed: 1 });
    // Signed again, it shows a moderator that the one before went after a report.
    const again = await waitingSignature(place.slug, individual({ email: adaEmail, name: "Ada Exampleton" }));
    const evidence = (await signatureDetail(admin, again.signatureId))?.evidence;
    expect(evidence).toContainEqual({
      code: "rejectedOn",
      rejected: [{ signatureId: ada, at: later(9), reported: true }],
    });
    expect(await db.mail.count({ where: { message: "objection-decided" } })).toBeGreaterThanOrEqual(2);
  });

  it("leaves nothing of who wrote it some time after the decision", async () => {
    await objected("Ada Exampleton", stranger());
    const [{ id } = { id: "" }] = await open();
    await keepObjected({ admin: await moderator(), id, now: later(9) });
    await keepHouse(later(89 * DAY));
    expect(await db.objection.findUnique({ where: { id } })).toMatchObject({ contents: expect.any(String) });
    await keepHouse(later(91 * DAY));
    const nobody = { contents: null, wrapped: null, addressHash: null, networkHash: null };
    expect(await db.objection.findUnique({ where: { id } })).toMatchObject({ state: "KEPT", ...nobody });
  });

  it("is limited by network, for the hour that the form names", async () => {
    const network = "203.0.113.9";
    expect(LIMITS.objectionsOfNetwork.seconds).toBe(3_600);
    const limit = { ...LIMITS.objectionsOfNetwork };
    for (let one = 0; one < limit.points; one++) await networkExceeds(limit, network);
    expect(await object("Ada Exampleton", stranger(), 1, network)).toBe(false);
    expect(await object("Ada Exampleton", stranger(), 1, "203.0.113.10")).toBe(true);
  });

  it("is kept once of each mailbox", async () => {
    const email = stranger();
    for (let one = 0; one < 3; one++) await object("Ada Exampleton", email);
    expect(await db.objection.count({ where: { addressHash: addressHash(email) } })).toBe(1);
  });
});

/** To each name; in the trial about a thousand in all. */
const EACH = rounds(3, 34);

describe(`${30 * EACH} objections to a list of thirty`, () => {
  it("empty no list, and email its signatories twenty times a day at most", async () => {
    place = await openLetter();
    const people: string[] = [];
    const letters = "abcdefghijklmnopqrstuvwxyzäöüß";
    for (const [one, letter] of [...letters].entries())
      people.push(await approved(individual({ email: `p${one}@many.example`, name: `Person ${letter}` })));
    const before = await names();
    for (const name of before) for (let one = 0; one < EACH; one++) await objected(name, stranger());
    expect(await names()).toEqual(before);
    const mails = { message: "signature-objected", signatureId: { in: people } };
    expect(await db.mail.count({ where: mails })).toBe(MOST_TOLD);
    const waiting = await open();
    expect(
      waiting.map(({ count }) => count),
      "one decision for each entry",
    ).toEqual(before.map(() => EACH));
    const { count } = await waitingObjections(await moderator());
    expect(count).toBe(
      (await db.objection.findMany({ where: { state: "OPEN" }, distinct: ["signatureId"] })).length,
    );
  }, 600_000);
});

describe("an organisation's own domain", () => {
  it.each([
    ["robin@example.org", "https://example.org/", true],
    ["robin@mail.example.org", "https://www.example.org/", true],
    ["robin@example.org", "https://example.org/our-branch", false],
    ["robin@gmail.com", "https://gmail.com/", false],
    ["robin@facebook.com", "https://www.facebook.com/", false],
    ["robin@other.github.io", "https://ours.github.io/", false],
    ["robin@example.org", null, false],
  ])("%s for %s: %s", (email, website, own) => {
    expect(isAtOwnDomain(email, website)).toBe(own);
  });
});
