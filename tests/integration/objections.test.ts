import { beforeEach, describe, expect, it } from "vitest";
import { LIMITS } from "@/lib/abuse/limits/limits";
import { networkExceeds } from "@/lib/abuse/limits/network-limits";
import { byAdmin } from "@/lib/auth/context";
import { readTally } from "@/lib/counts/queries";
import { recount } from "@/lib/counts/recount";
import { db } from "@/lib/db/client";
import { decrypt } from "@/lib/encryption/encrypt";
import { keepHouse } from "@/lib/jobs/housekeeping";
import { objectionMail } from "@/lib/mail/sending/objection-mail";
import { prepareMail } from "@/lib/mail/sending/prepare";
import { dueMails } from "@/lib/mail/sending/waiting";
import { stopEmails } from "@/lib/mail/stop-emails";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { signatureDetail } from "@/lib/moderation/signature-detail";
import { confirmObjection } from "@/lib/objections/confirm-objection";
import { openContents } from "@/lib/objections/contents";
import { keepObjected, removeObjected } from "@/lib/objections/decide-objection";
import { forgetObjections } from "@/lib/objections/forget-objections";
import { mailWaitingObjectors } from "@/lib/objections/mail-objector";
import { objectTo } from "@/lib/objections/object";
import { isAtOwnDomain } from "@/lib/objections/own-domain";
import {
  behindObjection,
  decidedObjections,
  entryOf,
  objectedEntries,
  waitingObjections,
} from "@/lib/objections/queries";
import { MOST_TOLD } from "@/lib/objections/rules";
import { hideNames } from "@/lib/signatories/hiding/hide-names";
import { readPublicList } from "@/lib/signatories/public-list";
import { isLinkKnown } from "@/lib/signatures/behind-token";
import { addressHash, networkHash } from "@/lib/signatures/claim";
import { hideSignature } from "@/lib/signatures/own/hide-signature";
import { behindManageLink } from "@/lib/signatures/own/own-signatures";
import { withdrawOwn } from "@/lib/signatures/own/withdraw-own";
import { individual, later, NOW, openLetter, organisation } from "../support/letters";
import { manageLinkTo } from "../support/manage-link";
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

async function object(
  name: string,
  email: string,
  minutes = 1,
  network: string | null = null,
  comment = "A word of the objector",
) {
  const entry = (await list()).find((one) => one.name === name)?.entry ?? "";
  const of = { slug: place.slug, entry, email, comment, locale: "en", network };
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
    orderBy: { id: "desc" },
  });
  const { encryptedToken = "" } = (mail?.payload ?? {}) as { encryptedToken?: string };
  if (!opened) throw new Error("nothing waits for this mailbox");
  return decrypt(opened.key, "mail.token", encryptedToken);
}
/** As its mailbox does with it. */
const confirm = async (email: string, minutes = 2) => confirmRead(await mailedToken(email), minutes);
async function confirmRead(token: string, minutes: number) {
  const { words = "" } = await behindObjection(token, "en", later(minutes));
  return confirmObjection(token, words, later(minutes));
}
async function objected(name: string, email: string, minutes = 1) {
  await object(name, email, minutes);
  await confirm(email, minutes + 1);
}
const open = async () =>
  (await objectedEntries(await moderator(), "en", later(5))).filter((one) => one.slug === place.slug);
const told = (signatureId: string) =>
  db.mail.count({ where: { signatureId, message: "signature-objected" } });
/** What who objected is told of the end of it; null for no mail. */
async function outcomeOf(id: string) {
  const where = { message: "objection-decided", payload: { path: ["objectionId"], equals: id } };
  const mail = await db.mail.findFirst({ where });
  const ready =
    mail &&
    (await objectionMail(
      { message: "objection-decided", ...(mail.payload as { objectionId: string }) },
      NOW,
    ));
  if (ready?.content.message !== "objection-decided") return null;
  const { link, outcome } = ready.content;
  // A discreet mail says nothing: the page that both lead to does.
  const token = /\/objections\/(.+)$/.exec(link)?.[1] ?? "";
  expect((await behindObjection(token, "en", later(100 * DAY))).outcome).toBe(outcome);
  return outcome;
}
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

  it("can be stopped by the mailbox that is mailed for it, which anybody may have entered", async () => {
    const email = stranger();
    await object("Ada Exampleton", email);
    const row = await db.objection.findFirstOrThrow({ where: { addressHash: addressHash(email) } });
    const [waiting] = (await dueMails(1_000)).filter(
      ({ mail }) => "objectionId" in mail && mail.objectionId === row.id,
    );
    if (!waiting) throw new Error("no mail waits");
    const prepare = () => prepareMail(waiting, later(1), () => undefined);
    const prepared = await prepare();
    const stops = "outgoing" in prepared ? prepared.outgoing.headers?.["List-Unsubscribe"] : "";
    await stopEmails({ token: /stop-emails\/(\w+)>/.exec(stops ?? "")?.[1] ?? "", now: later(1) });
    expect(await prepare()).toEqual({ is: "failed", code: "suppressed" });
  });

  it("does nothing before its mailbox has confirmed it, by a link that the server knows", async () => {
    const email = stranger();
    await object("Ada Exampleton", email);
    const token = await mailedToken(email);
    expect(await isLinkKnown(token)).toBe(true);
    expect(await open()).toEqual([]);
    expect(await told(ada)).toBe(0);
    const raw = JSON.stringify(await db.objection.findMany());
    expect(raw).not.toContain(email);
    expect(raw).not.toContain("word of the objector");
    await confirm(email);
    expect(await open()).toMatchObject([{ written: [{ email }], own: false, name: "Ada Exampleton" }]);
    expect(await names()).toContain("Ada Exampleton");
    expect(await told(ada)).toBe(1);
    expect(await behindObjection(token, "en", later(3))).toMatchObject({ state: "confirmed", gone: false });
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
    expect(await outcomeOf(waiting?.id ?? "")).toBe("kept");
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
    await object("Example Foundation", "press@foundation.example.org");
    const token = await mailedToken("press@foundation.example.org");
    await confirmRead(token, 2);
    expect(await names()).toEqual(["Ada Exampleton"]);
    // Who reported it and who signed learn that it is hidden for now.
    expect(await behindObjection(token, "en", later(3))).toMatchObject({ state: "confirmed", gone: true });
    const { signatureId } = await db.objection.findFirstOrThrow({
      where: { addressHash: addressHash("press@foundation.example.org") },
    });
    const telling = (await dueMails(1_000)).find(
      ({ mail }) => mail.message === "signature-objected" && mail.signatureId === signatureId,
    );
    const ready = telling && (await prepareMail(telling, later(3), () => undefined));
    expect(JSON.stringify(ready)).toContain("We don’t show the name for now.");
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

  it.each([
    ["shown", "kept", "removed"],
    ["hidden by its signatory", "notShown", "notShown"],
    ["hidden by the organiser", "notShown", "notShown"],
  ])("of an entry that is %s tells a stranger: %s, or %s", async (how, kept, removed) => {
    await objected("Ada Exampleton", stranger());
    if (how.endsWith("signatory"))
      await hideSignature({ id: ada, token: await manageLinkTo(ada), now: later(4) });
    if (how.endsWith("organiser"))
      await hideNames(
        byAdmin(await moderator("owner@objections.example", "OWNER"), later(4)),
        place.slug,
        null,
      );
    const [first] = await open();
    expect(first).toMatchObject({ listed: how === "shown", own: false });
    await keepObjected({ admin: await moderator(), id: first?.id ?? "", now: later(6) });
    expect(await outcomeOf(first?.id ?? "")).toBe(kept);
    await db.objection.updateMany({ where: { signatureId: ada }, data: { state: "OPEN" } });
    await db.mail.deleteMany({ where: { message: "objection-decided" } });
    await removeObjected({
      admin: await moderator(),
      id: first?.id ?? "",
      reason: "Not real",
      now: later(7),
    });
    expect(await outcomeOf(first?.id ?? "")).toBe(removed);
  });

  it.each([
    ["withdrawn before it was confirmed", 0],
    ["withdrawn after that", 1],
    ["hidden before it was confirmed, and kept", 0],
    ["hidden after that, and removed", 1],
  ])(
    "of an entry that was %s is answered when the promised time is over, and looks the same until then",
    async (how, confirmed) => {
      const [begun, decided] = [15 * DAY, 16 * DAY];
      const email = stranger();
      await object("Ada Exampleton", email, begun);
      const token = await mailedToken(email);
      const own = { id: ada, token: await manageLinkTo(ada), now: later(begun) };
      if (confirmed) await confirmRead(token, begun);
      await (how.startsWith("withdrawn") ? withdrawOwn(own) : hideSignature(own));
      if (!confirmed) await confirmRead(token, begun);
      const { id } = await db.objection.findFirstOrThrow({ where: { signatureId: ada } });
      const deciding = { admin: await moderator(), id, now: later(decided) };
      if (how.endsWith("kept")) await keepObjected(deciding);
      if (how.endsWith("removed")) await removeObjected({ ...deciding, reason: "Not real" });
      await forgetObjections(later(decided), 100);
      const due = begun + 3 * DAY;
      const states = [decided + 1, due - 1, due].map(
        async (at) => (await behindObjection(token, "en", later(at))).state,
      );
      expect(await Promise.all(states)).toEqual(["confirmed", "confirmed", "decided"]);
      const where = { message: "objection-decided", payload: { path: ["objectionId"], equals: id } };
      expect(await db.mail.findMany({ where })).toMatchObject([{ notBefore: later(due) }]);
      expect(await decidedObjections(place.slug)).toEqual({ decided: 0, removed: 0 });
      expect(await outcomeOf(id)).toBe("notShown");
    },
  );

  it("of a hidden entry tells nobody what was decided, also after the promised time", async () => {
    await objected("Ada Exampleton", stranger());
    await hideSignature({ id: ada, token: await manageLinkTo(ada), now: later(4) });
    const [{ id } = { id: "" }] = await open();
    await keepObjected({ admin: await moderator(), id, now: later(5 * DAY) });
    expect(await outcomeOf(id)).toBe("notShown");
    expect(await decidedObjections(place.slug)).toEqual({ decided: 0, removed: 0 });
  });

  it("tells its own mailbox that the entry, which it hid, was removed", async () => {
    await objected("Ada Exampleton", adaEmail);
    const [first] = await open();
    expect(first).toMatchObject({ listed: false });
    await removeObjected({
      admin: await moderator(),
      id: first?.id ?? "",
      reason: "Not real",
      now: later(7),
    });
    expect(await outcomeOf(first?.id ?? "")).toBe("removed");
  });

  it("ends with a signature that is withdrawn, and says no more than that the list does not show it", async () => {
    await objected("Ada Exampleton", stranger());
    const [first] = await open();
    const before = (await waitingObjections(await moderator())).count;
    await withdrawOwn({ id: ada, token: await manageLinkTo(ada), now: later(4) });
    expect(await open()).toEqual([]);
    expect((await waitingObjections(await moderator())).count).toBe(before - 1);
    await keepHouse(later(9));
    expect(await db.objection.findMany({ where: { signatureId: ada } })).toMatchObject([
      { state: "GONE", decidedAt: later(9) },
    ]);
    expect(await outcomeOf(first?.id ?? "")).toBe("notShown");
  });

  it("ends with a hidden signature of which only what it counts by is left", async () => {
    await objected("Ada Exampleton", stranger());
    const { signatoryId } = await db.signature.findUniqueOrThrow({ where: { id: ada } });
    await db.signatory.update({ where: { id: signatoryId }, data: { typed: null } });
    expect(await open()).toEqual([]);
    await keepHouse(later(9));
    expect(await db.objection.findMany({ where: { signatureId: ada } })).toMatchObject([{ state: "GONE" }]);
  });

  it("leaves nothing of who confirmed it after the signature was gone", async () => {
    const email = stranger();
    await object("Ada Exampleton", email);
    const token = await mailedToken(email);
    await withdrawOwn({ id: ada, token: await manageLinkTo(ada), now: later(4) });
    await confirmRead(token, 5);
    await keepHouse(later(91 * DAY));
    expect(await db.objection.findMany({ where: { signatureId: ada } })).toMatchObject([
      { state: "GONE", contents: null },
    ]);
  });

  it.each(["hidden", "withdrawn"])(
    "says behind its link only that an entry %s meanwhile is not shown",
    async (how) => {
      const email = stranger();
      await object("Ada Exampleton", email);
      const token = await mailedToken(email);
      const leave = how === "hidden" ? hideSignature : withdrawOwn;
      await leave({ id: ada, token: await manageLinkTo(ada), now: later(4) });
      await confirmRead(token, 5);
      expect(await behindObjection(token, "en", later(6))).toEqual({
        ...{ state: "confirmed", title: "Example Letter", textLocale: "en", gone: true },
      });
    },
  );

  it("is told to its signatory on their page, while it waits and when the entry stays", async () => {
    const link = await manageLinkTo(ada);
    const report = async (minutes: number) => {
      const behind = await behindManageLink(link, "en", later(minutes));
      return behind.state === "open" ? behind.signatures[0]?.report : behind.state;
    };
    expect(await report(1)).toBeNull();
    await objected("Ada Exampleton", stranger());
    expect(await report(3)).toBe("waits");
    const [first] = await open();
    await keepObjected({ admin: await moderator(), id: first?.id ?? "", now: later(6) });
    expect(await report(7)).toBe("kept");
    expect(await report(91 * DAY)).toBeNull();
  });

  it("says behind its link that it is decided", async () => {
    const email = stranger();
    await object("Ada Exampleton", email);
    const token = await mailedToken(email);
    const state = async (at = 3) => (await behindObjection(token, "en", later(at))).state;
    expect(await state()).toBe("ready");
    await confirmRead(token, 3);
    expect(await state()).toBe("confirmed");
    const [first] = await open();
    await keepObjected({ admin: await moderator(), id: first?.id ?? "", now: later(6) });
    expect(await state(6)).toBe("decided");
  });

  it("is limited by network, for the hour that the form names", async () => {
    const network = "203.0.113.9";
    expect(LIMITS.objectionsOfNetwork.seconds).toBe(3_600);
    const limit = { ...LIMITS.objectionsOfNetwork };
    for (let one = 0; one < limit.points; one++) await networkExceeds(limit, network);
    expect(await object("Ada Exampleton", stranger(), 1, network)).toBe(false);
    expect(await object("Ada Exampleton", stranger(), 1, "203.0.113.10")).toBe(true);
  });

  it("shows its mailbox which words count: the latest, whoever came first in its name", async () => {
    const email = stranger();
    await object("Ada Exampleton", email, 1, null, "She is a thief.");
    await object("Ada Exampleton", email, 20, null, "She never signed.");
    await keepHouse(later(25));
    const token = await mailedToken(email);
    const ready = { state: "ready", name: "Ada Exampleton" };
    const behind = () => behindObjection(token, "en", later(26));
    const { words = "" } = await behind();
    expect(await behind()).toMatchObject({ ...ready, comment: "She never signed." });
    // A minute after the last report, and no second click: it says something else.
    await object("Ada Exampleton", email, 21, null, "She told me so.");
    expect(await mailedToken(email)).toBe(token);
    expect(await behind()).toMatchObject({ ...ready, comment: "She told me so." });
    await expect(confirmObjection(token, words, later(27))).rejects.toMatchObject({ code: "stale" });
    await confirmRead(token, 27);
    expect(await behindObjection(token, "en", later(28))).not.toHaveProperty("comment");
    await object("Ada Exampleton", email, 27, null, "Too late.");
    expect(await open()).toMatchObject([{ written: [{ comment: "She told me so." }] }]);
  });

  it("is mailed again where it is reported again, and the link before works until then", async () => {
    const email = stranger();
    await object("Ada Exampleton", email, 1);
    const first = await mailedToken(email);
    const states = async (token: string, minutes: number) =>
      (await behindObjection(token, "en", later(minutes))).state;
    // A second click.
    await object("Ada Exampleton", email, 2);
    expect(await states(first, 3)).toBe("ready");
    expect(await mailWaitingObjectors(later(15))).toBe(0);
    // The mailbox's pause is against it for now.
    await object("Ada Exampleton", email, 8);
    expect(await mailedToken(email)).toBe(first);
    expect(await states(first, 9)).toBe("ready");
    await keepHouse(later(12));
    const second = await mailedToken(email);
    expect(second).not.toBe(first);
    expect(await states(second, 13)).toBe("ready");
    // Its link died unread: on the last day before the report goes.
    await object("Ada Exampleton", email, 13 * DAY);
    const third = await mailedToken(email);
    await keepHouse(later(15 * DAY));
    await confirmRead(third, 15 * DAY);
    expect(await open()).toMatchObject([{ written: [{ email }] }]);
    const mails = await db.mail.count();
    await object("Ada Exampleton", email, 16 * DAY);
    expect(await db.mail.count()).toBe(mails);
  });

  it("is not used up by strangers who report in its writer's name", async () => {
    const people = ["One", "Two", "Three", "Four", "Five"].map((name) => `${name} Exampleton`);
    for (const name of people)
      await approved(individual({ email: `entry${objectors++}@objections.example`, name }));
    const email = stranger();
    for (const [place, name] of people.entries()) await object(name, email, 1 + place * 20, "203.0.113.70");
    const mailed = () =>
      db.objection.count({ where: { addressHash: addressHash(email), mailedAt: { not: null } } });
    expect(await mailed()).toBe(2);
    await object("Ada Exampleton", email, 120, "203.0.113.71");
    expect(await mailed()).toBe(3);
    await object("Example Foundation", email, 140, "203.0.113.72");
    expect(await mailed(), "three a day").toBe(3);
    // The next day it is this one's turn, before the stranger's other three.
    await keepHouse(later(DAY + 10));
    const waits = { addressHash: addressHash(email), mailedAt: null };
    const left = await db.objection.findMany({ where: waits, select: { networkHash: true } });
    expect(left.map(({ networkHash: hash }) => hash)).toEqual(
      people.slice(2).map(() => networkHash("203.0.113.70")),
    );
  });

  it("is kept once of each mailbox", async () => {
    const email = stranger();
    for (let one = 0; one < 3; one++) await object("Ada Exampleton", email);
    expect(await db.objection.count({ where: { addressHash: addressHash(email) } })).toBe(1);
  });
});

/** More names than there are emails a day, several to the first; in the trial about a thousand to thirty. */
const PEOPLE = rounds(MOST_TOLD + 2, 30);
const toName = (place: number) => rounds(place === 0 ? 3 : 1, 34);

describe(`objections to a list of ${PEOPLE}`, () => {
  it("empty no list, and email its signatories twenty times a day at most", async () => {
    place = await openLetter();
    const people: string[] = [];
    const letters = [..."abcdefghijklmnopqrstuvwxyzäöüß"].slice(0, PEOPLE);
    for (const [one, letter] of letters.entries())
      people.push(await approved(individual({ email: `p${one}@many.example`, name: `Person ${letter}` })));
    const before = await names();
    for (const [one, name] of before.entries())
      for (let time = 0; time < toName(one); time++) await objected(name, stranger());
    expect(await names()).toEqual(before);
    const mails = { message: "signature-objected", signatureId: { in: people } };
    expect(await db.mail.count({ where: mails })).toBe(MOST_TOLD);
    const waiting = await open();
    expect(waiting.map(({ count }) => count).sort(), "one decision for each entry").toEqual(
      before.map((_, one) => toName(one)).sort(),
    );
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
