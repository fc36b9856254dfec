import { describe, expect, it } from "vitest";
import { byAdmin } from "@/lib/auth/context";
import { readTally } from "@/lib/counts/queries";
import { recount } from "@/lib/counts/recount";
import { db } from "@/lib/db/client";
import { keepHouse } from "@/lib/jobs/housekeeping";
import { closeLetter } from "@/lib/letters/close-letter";
import { setTimes } from "@/lib/letters/set-times";
import { unpublishLetter } from "@/lib/letters/unpublish-letter";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { rejectSignature } from "@/lib/moderation/reject-signature";
import { signatureDetail } from "@/lib/moderation/signature-detail";
import { addToWatchlist } from "@/lib/moderation/watchlist/add-to-watchlist";
import { confirmRecord } from "@/lib/retention/confirm-record";
import { leaveRecords } from "@/lib/retention/leave-record";
import { letterRecords, retentionPreview, unendedLetters } from "@/lib/retention/queries";
import { isRecordAsked, KEPT_DAYS, RECORD_MONTHS, recordTime } from "@/lib/retention/rules";
import { setRecordMonths } from "@/lib/retention/set-record-months";
import { readPublicList } from "@/lib/signatories/public-list";
import { addressHash, spellingHash } from "@/lib/signatures/claim";
import { behindManageLink } from "@/lib/signatures/own/own-signatures";
import { requestManageLink } from "@/lib/signatures/own/request-manage-link";
import { withdrawOwn } from "@/lib/signatures/own/withdraw-own";
import { signLetter } from "@/lib/signatures/sign-letter";
import { runSql } from "../support/database";
import { individual, NOW, openLetter, organisation } from "../support/letters";
import { logged } from "../support/logged";
import { manageLinkTo } from "../support/manage-link";
import { moderator, waitingSignature } from "../support/moderators";

const DAY = 86_400_000;
const at = (days: number) => new Date(NOW.getTime() + days * DAY);
const owner = () => moderator("owner@retention.example", "OWNER");
const CLOSES = at(10);
const DUE = recordTime({ closesAt: CLOSES, recordMonths: RECORD_MONTHS.usual }) as Date;
const past = (days: number) => new Date(DUE.getTime() + days * DAY);

async function approved(slug: string, input: Parameters<typeof waitingSignature>[1]): Promise<string> {
  const seen = await waitingSignature(slug, input);
  await approveSignature({ admin: await moderator(), seen, now: NOW, asExpert: false });
  return seen.signatureId;
}
const row = (id: string) =>
  db.signature.findUniqueOrThrow({ where: { id }, include: { key: true, signatory: true, mails: true } });
const names = async (id: string) =>
  (await readPublicList(db, id, {}, {}, 50)).signatories.map(({ name }) => name);
/** As the worker would have by then: what waits was sent long ago. */
const sendAll = () =>
  db.mail.updateMany({
    where: { state: "WAITING" },
    data: { state: "SENT", doneAt: NOW, payload: undefined },
  });
const confirm = async (slug: string, time: Date | null, now = at(20)) =>
  confirmRecord(byAdmin(await owner(), now), slug, { time, confirmed: true });

const linksOf = (signatureId: string) => db.mail.count({ where: { signatureId, message: "manage-link" } });

describe("the promised times", () => {
  it("are those that people were told", () => {
    expect(KEPT_DAYS).toMatchObject({
      unconfirmed: 14,
      network: 30,
      link: 21,
      rejected: 90,
      email: 90,
      objection: 90,
    });
  });
});

describe("a confirmation link", () => {
  it("that nobody used is deleted when the pages say so, and a used one stays", async () => {
    const { slug } = await openLetter();
    await waitingSignature(slug, individual({ email: "links@retention.example" }));
    const mailboxHash = addressHash("links@retention.example");
    const old = { mailboxHash, mailedAt: at(0), expiresAt: at(7) };
    await db.confirmationLink.createMany({
      data: [
        { ...old, tokenHash: "unused" },
        { ...old, tokenHash: "used", usedAt: at(1) },
      ],
    });
    const left = async () =>
      (await db.confirmationLink.findMany({ where: { ...old, tokenHash: { in: ["unused", "used"] } } }))
        .map(({ tokenHash }) => tokenHash)
        .sort();
    const soon = async (days: number) =>
      (await retentionPreview(await owner(), at(days))).find(({ what }) => what === "link")?.soon ?? 0;
    expect((await soon(KEPT_DAYS.link - 6)) - (await soon(1))).toBe(1);
    await keepHouse(at(KEPT_DAYS.link - 1 / 1_440));
    expect(await left()).toEqual(["unused", "used"]);
    await keepHouse(at(KEPT_DAYS.link + 1 / 1_440));
    expect(await left()).toEqual(["used"]);
  });
});

describe("rejected signatures", () => {
  it("are erased 90 days after the decision, and not a day before", async () => {
    const { slug } = await openLetter();
    const seen = await waitingSignature(slug, individual({ email: "rejected@retention.example" }));
    await rejectSignature({ admin: await moderator(), seen, reason: "Not genuine", now: at(5) });
    await keepHouse(at(95 - 1 / 1_440));
    expect(await row(seen.signatureId)).toMatchObject({
      state: "REJECTED",
      key: { wrapped: expect.any(String) },
    });
    await keepHouse(at(95 + 1 / 1_440));
    const gone = await row(seen.signatureId);
    expect(gone).toMatchObject({
      state: "EXPIRED",
      key: null,
      address: null,
      reason: null,
      addressHash: null,
    });
    expect(gone.signatory.typed).toBeNull();
    expect(await recount(false, at(96))).toEqual([]);
  });
});

describe("a letter that was taken down while it was open", () => {
  it("is named to owners until it is closed, stays down, and has a time at which its data goes", async () => {
    const { slug } = await openLetter();
    await approved(slug, individual({ email: "down@retention.example" }));
    const context = byAdmin(await owner(), at(10));
    const named = async () => (await unendedLetters(await owner(), "en")).find((one) => one.slug === slug);
    expect(await named()).toBeUndefined();
    await unpublishLetter(context, slug, null);
    expect(await named()).toMatchObject({ whole: 1 });
    await closeLetter(context, slug);
    expect(await named()).toBeUndefined();
    await expect(closeLetter(context, slug)).rejects.toMatchObject({ code: "conflict" });
    const letter = await db.letter.findUniqueOrThrow({ where: { slug } });
    expect(letter).toMatchObject({ closesAt: at(10), unpublishedAt: at(10) });
    const record = (await letterRecords(await owner(), "en", at(11))).find((one) => one.slug === slug);
    expect(record).toMatchObject({ state: "unconfirmed", time: DUE });
  });
});

describe("a closed letter", () => {
  it("loses all but its public record once an owner has confirmed it and its time has come", async () => {
    const { id, slug } = await openLetter({ closesAt: CLOSES });
    const ada = await approved(slug, individual({ email: "Ada@retention.example", name: "Ada Shown" }));
    const hidden = await approved(
      slug,
      individual({
        email: "hidden@retention.example",
        name: "Hidden Person",
        visibility: "WITHHELD",
        country: "FR",
      }),
    );
    const group = await approved(slug, organisation({ email: "robin@foundation.example.org" }));
    const waiting = await waitingSignature(
      slug,
      individual({ email: "late@retention.example", name: "Late One" }),
    );
    await signLetter({
      slug,
      locale: "en",
      input: individual({ email: "never@retention.example" }),
      now: at(9),
    });
    await addToWatchlist({
      admin: await moderator(),
      letterId: id,
      watched: { name: "Famous Person", note: null },
      now: NOW,
    });
    await sendAll();
    const before = await row(ada);

    await keepHouse(past(1));
    expect((await row(ada)).address).not.toBeNull();
    expect((await row(waiting.signatureId)).state).toBe("VERIFIED");

    await confirm(slug, DUE);
    await keepHouse(past(-1));
    expect((await row(ada)).address).not.toBeNull();

    const tally = await readTally(db, id);
    await keepHouse(past(1));
    const bare = await row(ada);
    expect(bare).toMatchObject({
      ...{
        state: "APPROVED",
        address: null,
        comment: null,
        addressHash: null,
        mailboxHash: null,
        claim: null,
      },
      ...{ domainHash: null, networkHash: null, encryptedLanguage: "", mails: [] },
      spellingHash: spellingHash("Ada@retention.example"),
    });
    expect(bare.key?.wrapped).not.toBe(before.key?.wrapped);
    expect(await row(hidden)).toMatchObject({ state: "APPROVED", address: null, spellingHash: null });
    expect((await row(hidden)).signatory.typed).toBeNull();
    expect((await row(waiting.signatureId)).state).toBe("EXPIRED");
    expect(await db.watchlistName.count({ where: { letterId: id } })).toBe(0);
    expect(await readTally(db, id)).toEqual(tally);
    expect(await recount(false, past(1))).toEqual([]);
    expect(await names(id)).toEqual(["Example Foundation", "Ada Shown"]);
    const detail = await signatureDetail(await owner(), group);
    expect(detail).toMatchObject({
      email: null,
      fields: { name: "Example Foundation", representativeName: null },
    });
    const link = await behindManageLink(await manageLinkTo(ada), "en", past(1));
    expect(link).toMatchObject({
      state: "open",
      signatures: [{ signatory: { name: "Ada Shown" }, country: "GB", email: "" }],
    });
  });

  it("leaves a hidden one's link to what else its mailbox signed", async () => {
    const { slug } = await openLetter({ closesAt: CLOSES });
    const email = "both@retention.example";
    const hidden = await approved(slug, individual({ email, visibility: "WITHHELD" }));
    const link = await manageLinkTo(hidden);
    const other = await approved((await openLetter()).slug, individual({ email }));
    await confirm(slug, DUE);
    await keepHouse(past(1));
    expect(await behindManageLink(link, "en", past(1))).toMatchObject({
      state: "open",
      signatures: [{ id: other }],
    });
  });

  it("can still be left by its signatories", async () => {
    const { id, slug } = await openLetter({ closesAt: CLOSES });
    const ada = await approved(slug, individual({ email: "leaver@retention.example" }));
    await confirm(slug, DUE);
    await keepHouse(past(1));
    await requestManageLink({ email: "else@retention.example", now: past(2) });
    expect(await linksOf(ada)).toBe(0);
    await requestManageLink({ email: "leaver@retention.example", now: past(2) });
    expect(await linksOf(ada)).toBe(1);
    await withdrawOwn({ token: await manageLinkTo(ada), id: ada, now: past(2) });
    expect(await names(id)).toEqual([]);
    expect((await readTally(db, id)).total).toBe(0);
    expect(await row(ada)).toMatchObject({ state: "WITHDRAWN", key: null, spellingHash: null });
  });

  it("keeps everything while it is open again, and asks anew for its next closing", async () => {
    const { id, slug } = await openLetter({ closesAt: CLOSES });
    const ada = await approved(slug, individual({ email: "open@retention.example" }));
    await confirm(slug, DUE);
    await setTimes(byAdmin(await owner(), past(-3)), slug, { closesAt: past(5) });
    await keepHouse(past(1));
    await keepHouse(past(900));
    expect((await row(ada)).address).not.toBeNull();
    const letter = await db.letter.findUniqueOrThrow({ where: { id } });
    expect(isRecordAsked(letter, past(900))).toBe(true);
  });

  it("keeps everything where it is opened again while a batch is under way", async () => {
    const { id, slug } = await openLetter({ closesAt: CLOSES });
    const ada = await approved(slug, individual({ email: "amid@retention.example" }));
    await confirm(slug, DUE);
    const waits = async () => {
      const [found] = await db.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      return found?.count ?? 0;
    };
    const leaving = await db.$transaction(async (tx) => {
      await tx.letter.update({ where: { id }, data: { closesAt: past(900), recordConfirmed: null } });
      const begun = leaveRecords(past(1));
      await expect.poll(waits).toBe(1);
      return [begun];
    });
    expect(await Promise.all(leaving)).toEqual([0]);
    expect((await row(ada)).address).not.toBeNull();
  });

  it("wants its own time confirmed, by somebody who has just confirmed that it is them", async () => {
    const { slug } = await openLetter({ closesAt: CLOSES });
    const by = byAdmin(await owner(), at(20));
    await expect(confirmRecord(by, slug, { time: DUE, confirmed: false })).rejects.toMatchObject({
      code: "not-confirmed",
    });
    await expect(confirm(slug, at(11))).rejects.toMatchObject({ code: "conflict" });
    await expect(confirm(slug, DUE, at(5))).rejects.toMatchObject({ code: "conflict" });
    for (const other of [await moderator(), await moderator("editor@retention.example", "EDITOR")]) {
      const as = byAdmin(other, at(20));
      const forbidden = { code: "forbidden" };
      await expect(confirmRecord(as, slug, { time: DUE, confirmed: true })).rejects.toMatchObject(forbidden);
      await expect(confirmRecord(as, slug, { time: null, confirmed: false })).rejects.toMatchObject(
        forbidden,
      );
      await expect(setRecordMonths(as, slug, 24)).rejects.toMatchObject(forbidden);
    }
    await confirm(slug, DUE);
    await setRecordMonths(by, slug, 24);
    const letter = await db.letter.findUniqueOrThrow({ where: { slug } });
    expect(letter.recordConfirmed).toBeNull();
  });

  it("goes on where a killed worker left it, and leaves what a letter that opens meanwhile still has", async () => {
    const { id, slug } = await openLetter({ closesAt: CLOSES });
    for (let one = 0; one < 3; one++)
      await approved(slug, individual({ email: `p${one}@retention.example`, name: `Person ${"ABC"[one]}` }));
    await confirm(slug, DUE);
    await runSql(
      process.env.DATABASE_URL ?? "",
      `CREATE FUNCTION stuck() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'killed'; END $$;
       CREATE TRIGGER stuck BEFORE UPDATE OF record_since ON letter FOR EACH ROW EXECUTE FUNCTION stuck()`,
    );
    const lines = await logged(() => expect(keepHouse(past(1))).rejects.toThrow());
    expect(lines).toContain("all but the record of closed letters");
    expect(await db.signature.count({ where: { letterId: id, address: null } })).toBe(0);
    await runSql(process.env.DATABASE_URL ?? "", "DROP FUNCTION stuck CASCADE");
    await keepHouse(past(1));
    expect(await db.signature.count({ where: { letterId: id, address: null } })).toBe(3);
    expect(await names(id)).toHaveLength(3);
  });
});

describe("the time of the record", () => {
  it.each([
    ["2026-01-31T10:00:00Z", 1, "2026-02-28T10:00:00.000Z"],
    ["2027-12-15T23:30:00Z", 21, "2029-09-15T23:30:00.000Z"],
    ["2026-05-31T00:00:00Z", 21, "2028-02-29T00:00:00.000Z"],
  ])("%s and %i months is %s", (closesAt, recordMonths, time) => {
    expect(recordTime({ closesAt: new Date(closesAt), recordMonths })?.toISOString()).toBe(time);
  });
});
