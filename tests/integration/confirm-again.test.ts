import pg from "pg";
import { describe, expect, it } from "vitest";
import { byAdmin } from "@/lib/auth/context";
import { readTally } from "@/lib/counts/queries";
import { recount } from "@/lib/counts/recount";
import { db } from "@/lib/db/client";
import { archiveLetter, unarchiveLetter } from "@/lib/letters/archive-letter";
import { closeLetter } from "@/lib/letters/close-letter";
import { textChangeOf } from "@/lib/letters/difference/text-change";
import { draftView } from "@/lib/letters/organiser-queries";
import { publishVersion } from "@/lib/letters/publish-version";
import { featuredSlug, listedSlugs } from "@/lib/letters/queries";
import { saveDraft } from "@/lib/letters/save-draft";
import { publishAgain, unpublishLetter } from "@/lib/letters/unpublish-letter";
import { renderMail } from "@/lib/mail/content/render";
import { textMail } from "@/lib/mail/sending/text-mail";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { rejectSignature } from "@/lib/moderation/reject-signature";
import { readPublicList } from "@/lib/signatories/public-list";
import { confirmAgain } from "@/lib/signatures/confirm-again/confirm-again";
import { moveEarlier } from "@/lib/signatures/confirm-again/move-earlier";
import { remindSignatories, tellSignatories } from "@/lib/signatures/confirm-again/tell-signatories";
import { behindManageLink } from "@/lib/signatures/own/own-signatures";
import { withdrawOwn } from "@/lib/signatures/own/withdraw-own";
import { NewerVersionError } from "@/lib/signatures/sign-letter";
import { individual, NOW, openLetter, organisation } from "../support/letters";
import { manageLinkTo } from "../support/manage-link";
import { moderator, seeNow, waitingSignature } from "../support/moderators";

const DAY = 86_400_000;
const at = (days: number) => new Date(NOW.getTime() + days * DAY);
const owner = () => moderator("owner@letters.example", "OWNER");
const filler = "We have written to you before and will write to you again until there is an answer. ".repeat(
  30,
);
const first = `Release the 5 who are held. ${filler}`;

let letters = 0;
/** A letter whose first version is long enough for a small change to be one. */
async function letter() {
  const { id, slug } = await openLetter();
  await db.letterText.updateMany({ where: { version: { letterId: id } }, data: { body: first } });
  letters += 1;
  return { id, slug, mailDomain: `letter${letters}.example` };
}

type Place = Awaited<ReturnType<typeof letter>>;

/** Signs, confirms and approves. @returns the signature's id */
async function approved(
  { slug, mailDomain }: Place,
  name: string,
  kind: "individual" | "organisation" | "hidden" = "individual",
): Promise<string> {
  const email = `${name.toLowerCase().replace(/\W/g, "")}@${mailDomain}`;
  const make = kind === "organisation" ? organisation : individual;
  const seen = await waitingSignature(
    slug,
    make({ email, name, visibility: kind === "hidden" ? "WITHHELD" : "PUBLIC" }),
  );
  await approveSignature({ admin: await moderator(), seen, now: NOW, asExpert: false });
  return seen.signatureId;
}

async function publish(
  { id, slug }: Place,
  body: string,
  day: number,
  answerBy?: Date,
  reason = "More is known.",
) {
  const admin = await owner();
  const { revision, text } = await draftView(admin, id, "en");
  await saveDraft(byAdmin(admin, at(day)), slug, { locale: "en", text: { ...text, body }, revision });
  return publishVersion(byAdmin(admin, at(day)), slug, {
    reason,
    answerBy,
    confirmed: true,
  });
}

async function all(batch: (now: Date) => Promise<number>, now: Date) {
  while ((await batch(now)) > 0);
}
const settle = async (day: number) => {
  await all(tellSignatories, at(day));
  await all(remindSignatories, at(day));
  await all(moveEarlier, at(day));
};
const mailsOf = async (id: string) =>
  (
    await db.mail.findMany({
      where: { signatureId: id, message: { startsWith: "text-" } },
      orderBy: { queuedAt: "asc" },
      select: { message: true },
    })
  ).map(({ message }) => message);
/** As kill -9 of whoever works: cuts it off where it writes to a table, so that all that it has not committed is gone. */
async function cutOff(table: string, work: () => Promise<unknown>) {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  await client.query(`BEGIN; LOCK TABLE ${table} IN SHARE ROW EXCLUSIVE MODE`);
  const working = work().catch(() => 0);
  const waiting = "FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
  try {
    await expect.poll(async () => (await client.query(`SELECT 1 ${waiting}`)).rowCount).toBe(1);
    await client.query(`SELECT pg_terminate_backend(pid) ${waiting}`);
  } finally {
    await client.end();
  }
  await working;
}
/** As if the worker had sent what waits. */
const sent = () =>
  db.mail.updateMany({ where: { message: { startsWith: "text-" } }, data: { state: "SENT", doneAt: NOW } });
const names = async ({ id }: Place, kind?: "earlier") =>
  (await readPublicList(db, id, { kind }, {}, 50)).signatories.map(
    ({ name, version }) => `${name} ${version}`,
  );
const total = async ({ id }: Place) => (await readTally(db, id)).total;
const inSix = first.replace("5", "6");

describe("a large change", () => {
  it("is told with the reasons of all versions since the one that was signed", async () => {
    const place = await letter();
    const ada = await approved(place, "Ada Exampleton");
    await publish(place, inSix, 1, at(31));
    await publish(place, first.replace("5", "7"), 1.1, at(31), "A slip.");
    const { letterVersionId } = await db.signature.findUniqueOrThrow({ where: { id: ada } });
    expect(await textChangeOf(db, place.id, letterVersionId, "en")).toMatchObject({
      ...{ since: 1, number: 3, reason: "More is known.\nA slip." },
    });
  });

  it("asks by email, and is confirmed once by the button of a page that showed it", async () => {
    const place = await letter();
    const ada = await approved(place, "Ada Exampleton");
    await approved(place, "Ben Late");
    await expect(publish(place, inSix, 1)).rejects.toMatchObject({ code: "invalid" });
    await expect(publish(place, inSix, 1, at(3))).rejects.toMatchObject({ code: "invalid" });
    expect(await publish(place, inSix, 1, at(31))).toBe(2);
    await settle(1);
    expect(await mailsOf(ada)).toEqual([]);
    await settle(1.01);
    expect(await mailsOf(ada)).toEqual(["text-confirm"]);
    expect(await total(place)).toBe(2);
    expect(await names(place)).toEqual(["Ada Exampleton 1", "Ben Late 1"]);

    const token = await manageLinkTo(ada);
    const behind = await behindManageLink(token, "en", at(2));
    expect(behind).toMatchObject({
      state: "open",
      signatures: [{ version: 1, change: { size: "LARGE", number: 2 } }],
    });
    await expect(confirmAgain({ token, id: ada, version: 1, now: at(2) })).rejects.toBeInstanceOf(
      NewerVersionError,
    );
    await confirmAgain({ token, id: ada, version: 2, now: at(2) });
    await confirmAgain({ token, id: ada, version: 2, now: at(2) });
    expect(await names(place)).toEqual(["Ada Exampleton 2", "Ben Late 1"]);
    const lines = { signatureId: ada, action: "signature.confirm-again" };
    expect(await db.auditEntry.count({ where: lines })).toBe(1);
  });

  it("reminds once, moves who does not answer, and brings back who answers later", async () => {
    const place = await letter();
    const [ben, org] = [
      await approved(place, "Ben Late"),
      await approved(place, "Example Union", "organisation"),
    ];
    await publish(place, inSix, 1, at(31));
    await settle(1.01);
    await sent();
    await settle(23);
    expect(await mailsOf(ben)).toEqual(["text-confirm"]);
    await settle(24.5);
    await settle(25);
    expect(await mailsOf(ben)).toEqual(["text-confirm", "text-reminder"]);
    await settle(31.5);
    expect(await names(place)).toEqual([]);
    expect(await names(place, "earlier")).toEqual(["Example Union 1", "Ben Late 1"]);
    expect(await total(place)).toBe(0);
    expect(await recount(false, at(32))).toEqual([]);
    expect((await db.signature.findUniqueOrThrow({ where: { id: org } })).listing).not.toBeNull();

    const late = await manageLinkTo(ben);
    await confirmAgain({ token: late, id: ben, version: 2, now: at(40) });
    expect(await names(place)).toEqual(["Ben Late 2"]);
    expect(await total(place)).toBe(1);
    expect(await recount(false, at(40))).toEqual([]);
    await settle(41);
    expect(await mailsOf(ben)).toHaveLength(2);
  });

  it("counts hidden ones in their batch, and shows them in no list", async () => {
    const place = await letter();
    for (const name of ["One Hidden", "Two Hidden", "Three Hidden"]) await approved(place, name, "hidden");
    expect(await total(place)).toBe(3);
    await publish(place, inSix, 1, at(31));
    await settle(1.01);
    await settle(32);
    expect(await names(place, "earlier")).toEqual([]);
    expect(await total(place)).toBe(0);
    expect(await recount(false, at(32))).toEqual([]);
  });

  it("leaves alone what is withdrawn, rejected or signed anew in between", async () => {
    const place = await letter();
    const [gone, no] = [await approved(place, "Gone Person"), await approved(place, "No Person")];
    await publish(place, inSix, 1, at(31));
    const token = await manageLinkTo(gone);
    await withdrawOwn({ token, id: gone, now: at(1) });
    expect(await behindManageLink(token, "en", at(1))).toMatchObject({ state: "withdrawn" });
    await expect(withdrawOwn({ token, id: gone, now: at(1) })).rejects.toMatchObject({ code: "not-found" });
    await rejectSignature({
      admin: await moderator(),
      seen: await seeNow(no),
      reason: "No.",
      now: at(1),
    });
    await approved(place, "New Person");
    await settle(1.01);
    expect(
      await db.mail.count({ where: { message: { startsWith: "text-" }, signature: { letterId: place.id } } }),
    ).toBe(0);
    expect(await db.manageLink.count({ where: { signatureId: gone } })).toBe(0);
    await settle(32);
    expect(await names(place)).toEqual(["New Person 2"]);
    expect(await total(place)).toBe(1);
  });

  it("goes on where it was cut off, and tells and moves each once", async () => {
    const place = await letter();
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) ids.push(await approved(place, `Cut ${"abc"[n]}`));
    await publish(place, inSix, 1, at(31));
    await cutOff("mail", () => tellSignatories(at(2)));
    expect(await mailsOf(ids[0] ?? "")).toEqual([]);
    await settle(2);
    for (const id of ids) expect(await mailsOf(id)).toEqual(["text-confirm"]);
    await cutOff("audit_entry", () => moveEarlier(at(32)));
    expect(await total(place)).toBe(3);
    await settle(32);
    expect(await names(place, "earlier")).toHaveLength(3);
    const moves = { letterId: place.id, action: "signature.set-earlier" };
    expect(await db.auditEntry.count({ where: moves })).toBe(3);
    expect(await recount(false, at(32))).toEqual([]);
  });

  it("tells each once, however many work at the same time", async () => {
    const place = await letter();
    const ids: string[] = [];
    for (let n = 0; n < 4; n++) ids.push(await approved(place, `Person ${"abcdef"[n]}`));
    await publish(place, inSix, 1, at(31));
    await Promise.all(Array.from({ length: 4 }, () => all(tellSignatories, at(2))));
    for (const id of ids) expect(await mailsOf(id)).toEqual(["text-confirm"]);
    await Promise.all(Array.from({ length: 4 }, () => all(moveEarlier, at(32))));
    expect(await total(place)).toBe(0);
    expect(await recount(false, at(32))).toEqual([]);
  });

  it("passes over any number of entries of which only what they count by is left", async () => {
    const place = await letter();
    const id = await approved(place, "Ada Kept");
    await publish(place, inSix, 1, at(31));
    await settle(2);
    await db.$transaction(async (tx) => {
      await tx.$executeRaw`
        WITH copies AS (
          INSERT INTO signatory (id, kind) SELECT gen_random_uuid(), 'INDIVIDUAL' FROM generate_series(1, 100) RETURNING id)
        INSERT INTO signature (id, letter_id, letter_version_id, signatory_id, locale, state, visibility, updates,
          consent_version, consent_at, submitted_at, expires_at, told_version)
        SELECT ('00000000' || substr(c.id::text, 9))::uuid, letter_id, letter_version_id, c.id, locale, state, 'WITHHELD', false,
          consent_version, consent_at, submitted_at, expires_at, told_version
        FROM signature, copies c WHERE signature.id = ${id}::uuid`;
      // Until its page is full: however they are read, it comes after them all.
      for (let n = 0; n < 60; n++)
        await tx.$executeRaw`UPDATE signature SET told_version = told_version WHERE id = ${id}::uuid`;
    });
    await settle(32);
    expect(await names(place, "earlier")).toHaveLength(1);
    // No person of theirs counts them.
    await db.signature.deleteMany({ where: { letterId: place.id, id: { not: id } } });
  });

  it("waits while the letter is taken down, and wants a fresh proof and no more than three a day", async () => {
    const place = await letter();
    const id = await approved(place, "Ada Exampleton");
    const admin = await owner();
    const { revision, text } = await draftView(admin, place.id, "en");
    await saveDraft(byAdmin(admin, at(1)), place.slug, {
      locale: "en",
      text: { ...text, body: inSix },
      revision,
    });
    const publishing = { reason: "x", answerBy: at(31) };
    await expect(publishVersion(byAdmin(admin, at(1)), place.slug, publishing)).rejects.toMatchObject({
      code: "not-confirmed",
    });
    await publish(place, inSix, 1, at(31));
    await unpublishLetter(byAdmin(admin, at(1)), place.slug, null);
    await settle(32);
    expect(await mailsOf(id)).toEqual([]);
    expect((await db.signature.findUniqueOrThrow({ where: { id } })).earlier).toBe(false);
    await publishAgain(byAdmin(admin, at(1)), place.slug);
    for (const [n, day] of [
      [7, 1.1],
      [8, 1.2],
    ] as const)
      await publish(place, first.replace("5", `${n}`), day, at(32));
    await expect(publish(place, first.replace("5", "9"), 1.3, at(32))).rejects.toMatchObject({
      code: "often-changed",
    });
    await publish(place, first.replace("5", "9"), 2.3, at(32));
  });
});

describe("changes in a row", () => {
  it("send one email about both before the first has left, and are measured against what each has signed", async () => {
    const place = await letter();
    const old = await approved(place, "Old Person");
    const eight = "We wrote to you eight times last spring, in vain. ";
    await publish(place, `${first} ${eight}`, 1);
    await settle(1.01);
    expect(await mailsOf(old)).toEqual(["text-changed"]);
    await sent();
    const young = await approved({ ...place }, "Young Person");
    expect((await db.signature.findUniqueOrThrow({ where: { id: young } })).toldVersion).toBe(2);
    await publish(place, `${first} ${eight}And nobody gave any answer to us.`, 2, at(40));
    await settle(2.01);
    expect(await mailsOf(young)).toEqual(["text-changed"]);
    expect(await mailsOf(old)).toEqual(["text-changed", "text-confirm"]);
    // Sent, and a small change on top: who has been asked is not asked again.
    await sent();
    await publish(place, `${first} ${eight}And nobody gave any reply to us.`, 3, at(40));
    await settle(3.01);
    expect(await mailsOf(old)).toEqual(["text-changed", "text-confirm"]);
    await settle(41);
    expect(await names(place, "earlier")).toEqual(["Old Person 1"]);
    // The first text again: it is what they signed.
    await publish(place, first, 42, at(70));
    await settle(42.01);
    expect(await names(place)).toEqual(["Old Person 1", "Young Person 2"]);
    expect(await recount(false, at(43))).toEqual([]);
  });

  it("merge while an email waits unwritten", async () => {
    const place = await letter();
    const id = await approved(place, "Ada Exampleton");
    await publish(place, inSix, 1, at(31));
    await settle(1.01);
    await publish(place, first.replace("5", "7"), 1.1, at(31));
    await settle(1.2);
    expect(await mailsOf(id)).toEqual(["text-confirm"]);
    const mail = await textMail("text-confirm", id, at(1.2));
    const { html, text } = await renderMail(mail?.content as never, "en");
    expect(text).toContain("[removed: 5] [added: 7]");
    expect(html).toMatch(/<del>\[removed: 5\]<\/del>/);
    expect(text).toMatch(/\/signatures\/[0-9a-z]{25}/);
    expect(text).toContain("24 December 2026");
    expect(text).not.toContain("Ada");
    expect(text.length).toBeLessThan(4_000);
    const email = `adaexampleton@${place.mailDomain}`;
    await waitingSignature(place.slug, organisation({ email }));
    const told = await textMail("text-confirm", id, at(1.2));
    expect(told?.content).toMatchObject({ letter: { signatory: "Ada Exampleton" } });
  });

  it("of spaces and punctuation email nobody", async () => {
    const place = await letter();
    const id = await approved(place, "Ada Exampleton");
    await publish(place, first.replace("held.", "held!"), 1);
    await settle(1.01);
    expect(await mailsOf(id)).toEqual([]);
  });
});

describe("an archived letter", () => {
  it("stays as it is, is not on the front page, and is taken out again", async () => {
    const place = await letter();
    const id = await approved(place, "Ada Exampleton");
    await publish(place, inSix, 1, at(31));
    const by = async (day: number) => byAdmin(await owner(), at(day));
    await expect(archiveLetter(await by(1), place.slug)).rejects.toMatchObject({ code: "conflict" });
    await closeLetter(await by(1), place.slug, "Thank you.");
    await archiveLetter(await by(1), place.slug);
    await expect(closeLetter(await by(1), place.slug)).rejects.toMatchObject({ code: "archived" });
    await expect(publish(place, first, 1, at(31))).rejects.toMatchObject({ code: "archived" });
    const token = await manageLinkTo(id);
    await expect(confirmAgain({ token, id, version: 2, now: at(1) })).rejects.toMatchObject({
      code: "conflict",
    });
    await settle(32);
    expect(await mailsOf(id)).toEqual([]);
    expect(await names(place)).toEqual(["Ada Exampleton 1"]);
    expect(await featuredSlug(db, at(2))).not.toBe(place.slug);
    expect(await listedSlugs(db, at(2))).toContain(place.slug);
    await unarchiveLetter(await by(2), place.slug);
    await confirmAgain({ token, id, version: 2, now: at(2) });
    expect(await names(place)).toEqual(["Ada Exampleton 2"]);
  });
});
