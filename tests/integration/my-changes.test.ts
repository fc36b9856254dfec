import { describe, expect, it } from "vitest";
import { bySystem } from "@/lib/auth/context";
import { readTally } from "@/lib/counts/queries";
import { recount } from "@/lib/counts/recount";
import { db } from "@/lib/db/client";
import { failedMails } from "@/lib/mail/failed-mails";
import { resendAllMails } from "@/lib/mail/resend-all-mails";
import { resendFailedMail } from "@/lib/mail/resend-failed-mail";
import { signatureMail } from "@/lib/mail/sending/signature-mail";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { approveChange, refuseChange } from "@/lib/moderation/decide-change";
import { approveMove, startMove } from "@/lib/moderation/decide-move";
import { signatureDetail } from "@/lib/moderation/signature-detail";
import { countWaitingChanges, waitingChanges } from "@/lib/moderation/waiting-changes";
import { addToWatchlist } from "@/lib/moderation/watchlist/add-to-watchlist";
import { withdrawFor } from "@/lib/moderation/withdraw-for";
import { sweep } from "@/lib/retention/sweep";
import { readPublicList } from "@/lib/signatories/public-list";
import { isLinkKnown } from "@/lib/signatures/behind-token";
import { confirmSignature } from "@/lib/signatures/confirm-signature";
import { lockSubjects } from "@/lib/signatures/engine/subject";
import { askToMove } from "@/lib/signatures/move/begin-move";
import { behindMoveLink } from "@/lib/signatures/move/behind-link";
import { confirmMove } from "@/lib/signatures/move/confirm-move";
import { moveSignature } from "@/lib/signatures/move/move-signature";
import { needsModerator } from "@/lib/signatures/move/needs-moderator";
import { stopMove, stopMoveBehind } from "@/lib/signatures/move/stop-move";
import { hideRepresentative } from "@/lib/signatures/own/hide-representative";
import { hideSignature } from "@/lib/signatures/own/hide-signature";
import { leadOn } from "@/lib/signatures/own/lead-on";
import { behindManageLink } from "@/lib/signatures/own/own-signatures";
import { proposeCorrection, proposeShowing } from "@/lib/signatures/own/propose-change";
import { stopChange } from "@/lib/signatures/own/stop-change";
import { withdrawOwn } from "@/lib/signatures/own/withdraw-own";
import type { SignatureInput } from "@/lib/signatures/schemas";
import { signLetter } from "@/lib/signatures/sign-letter";
import { individual, NOW, openLetter, organisation } from "../support/letters";
import { manageLinkTo } from "../support/manage-link";
import { moderator, seeNow, waitingSignature } from "../support/moderators";
import { moveToken, queuedToken } from "../support/queued-mails";

const DAY = 86_400_000;
const at = (days: number) => new Date(NOW.getTime() + days * DAY);
let people = 0;

async function signed(slug: string, changes: Parameters<typeof individual>[0] = {}, make = individual) {
  people += 1;
  const input: SignatureInput = make({ email: `change${people}@change.example`, ...changes });
  const seen = await waitingSignature(slug, input);
  await approveSignature({ admin: await moderator(), seen, now: NOW, asExpert: false });
  const id = seen.signatureId;
  return { email: input.email, own: { id, token: await manageLinkTo(id), now: NOW } };
}

const namesOf = async (letterId: string) =>
  (await readPublicList(db, letterId, {}, {}, 50)).signatories.map(({ name }) => name);
/** As if the worker had sent what waits about it. */
const sent = (signatureId: string, days = 0) =>
  db.mail.updateMany({ where: { signatureId, state: "WAITING" }, data: { state: "SENT", doneAt: at(days) } });
const deciding = async (id: string, days = 0) => {
  const { id: proposalId } = await db.proposal.findUniqueOrThrow({ where: { signatureId: id } });
  return { admin: await moderator(), seen: await seeNow(id), now: at(days), proposalId };
};
const correction = (name: string, country = "FR") => ({
  kind: "INDIVIDUAL" as const,
  country,
  fields: { name, title: null, position: null, affiliation: "Elsewhere", orcid: null },
});

describe("a correction of what is shown", () => {
  it("waits for a moderator, after a mail to the mailbox, and shows exactly what was approved", async () => {
    const { id, slug } = await openLetter();
    const { own } = await signed(slug);
    await expect(
      proposeCorrection({ ...own, correction: { kind: "ORGANISATION", country: "GB", fields: {} } }),
    ).rejects.toMatchObject({ code: "invalid" });
    await proposeCorrection({ ...own, correction: correction("Ada Corrected") });
    expect(await namesOf(id)).toEqual(["Ada Exampleton"]);
    await expect(approveChange(await deciding(own.id))).rejects.toMatchObject({ code: "not-confirmed" });
    await sent(own.id);
    const older = await deciding(own.id);
    await proposeCorrection({ ...own, correction: correction("Ada Newer") });
    await sent(own.id);
    await expect(approveChange(older)).rejects.toMatchObject({ code: "conflict" });
    expect(await waitingChanges(await moderator(), slug)).toMatchObject([{ id: own.id, what: "change" }]);
    await approveChange(await deciding(own.id));
    expect(await namesOf(id)).toEqual(["Ada Newer"]);
    expect(await waitingChanges(await moderator(), slug)).toEqual([]);
    expect(await recount(false, NOW)).toEqual([]);
    expect(await db.proposal.count({ where: { signatureId: own.id } })).toBe(0);
    expect(await db.mail.count({ where: { signatureId: own.id, message: "change-approved" } })).toBe(1);
  });

  it("is never approved once it was stopped or refused, and goes with the person", async () => {
    const { id, slug } = await openLetter();
    const { own } = await signed(slug);
    await proposeCorrection({ ...own, correction: correction("Not Mine") });
    await sent(own.id);
    const decided = await deciding(own.id);
    await stopChange(own);
    await stopChange(own);
    await expect(approveChange(decided)).rejects.toMatchObject({ code: "conflict" });
    await proposeCorrection({ ...own, correction: correction("Ada Twice") });
    await refuseChange({ ...(await deciding(own.id)), reason: "No such person." });
    const behind = await behindManageLink(own.token, "en", NOW);
    expect(behind).toMatchObject({
      signatures: [{ proposal: { state: "REFUSED", reason: "No such person." } }],
    });
    await expect(approveChange(await deciding(own.id))).rejects.toMatchObject({ code: "conflict" });
    expect(await namesOf(id)).toEqual(["Ada Exampleton"]);
    const stored = JSON.stringify(await db.proposal.findMany());
    expect(stored).not.toMatch(/Ada|No such/);
    await withdrawOwn(own);
    expect(await db.proposal.count({ where: { signatureId: own.id } })).toBe(0);
  });
});

describe("an email about a change that could not be delivered", () => {
  const failing = (signatureId: string, message: string) =>
    db.mail.updateManyAndReturn({
      where: { signatureId, message, state: "WAITING" },
      data: { state: "FAILED", error: "too-old", doneAt: NOW },
    });

  it.each(["one", "all"])(
    "is the one that the change waits for when it is sent again (%s)",
    async (which) => {
      const { id, slug } = await openLetter();
      const { own } = await signed(slug);
      await proposeCorrection({ ...own, correction: correction("Ada Told Late") });
      const [mail] = await failing(own.id, "change-proposed");
      const admin = await moderator();
      await db.addressMail.deleteMany();
      if (which === "one") await resendFailedMail({ admin, id: mail?.id ?? "", now: at(1) });
      else expect((await resendAllMails({ admin, now: at(1) })).sent).toBeGreaterThan(0);
      await expect(approveChange(await deciding(own.id))).rejects.toMatchObject({ code: "not-confirmed" });
      await sent(own.id);
      await approveChange(await deciding(own.id));
      expect(await namesOf(id)).toEqual(["Ada Told Late"]);
    },
  );

  it("about a move is not sent again: its link went with it", async () => {
    const { own } = await signed((await openLetter()).slug);
    await askToMove({ ...own, email: "lost@elsewhere.example" });
    const admin = await moderator();
    await db.addressMail.deleteMany();
    for (const message of ["address-asked", "address-confirm"]) {
      const [mail] = await failing(own.id, message);
      const line = (await failedMails(admin, "open")).lines.find((one) => one.id === mail?.id);
      expect(line).toMatchObject({ message, resendable: "over" });
      await expect(resendFailedMail({ admin, id: mail?.id ?? "", now: at(1) })).rejects.toMatchObject({
        code: "conflict",
      });
    }
    await resendAllMails({ admin, now: at(1) });
    const again = { signatureId: own.id, message: { startsWith: "address-" }, resentAt: { not: null } };
    expect(await db.mail.count({ where: again })).toBe(0);
  });

  it("and one that was delivered are remembered for as long as the change waits", async () => {
    const { id, slug } = await openLetter();
    const { own } = await signed(slug);
    await proposeCorrection({ ...own, correction: correction("Ada Waits Long") });
    await sent(own.id);
    await sweep(at(100));
    await approveChange(await deciding(own.id, 100));
    expect(await namesOf(id)).toEqual(["Ada Waits Long"]);
    const about = { signatureId: own.id, message: "change-proposed" };
    await sweep(at(100));
    expect(await db.mail.count({ where: about })).toBe(0);
  });
});

describe("the name of who signed for an organisation", () => {
  it("is hidden at once, and a change that waits asks for it no longer", async () => {
    const { id, slug } = await openLetter();
    const make = (changes: Parameters<typeof organisation>[0]) => {
      const input = organisation(changes);
      return { ...input, signatory: { ...input.signatory, representativePublic: true } };
    };
    const { own } = await signed(slug, {}, make);
    const listed = async () =>
      (await readPublicList(db, id, {}, {}, 50)).signatories.map(({ name, representative }) => [
        name,
        representative,
      ]);
    expect(await listed()).toEqual([["Example Foundation", "Robin Muster"]]);
    const proposed = { kind: "ORGANISATION" as const, country: "GB", fields: { name: "Example Trust" } };
    await proposeCorrection({ ...own, correction: proposed });
    await sent(own.id);
    const before = await deciding(own.id);
    await hideRepresentative(own);
    await hideRepresentative(own);
    expect(await listed()).toEqual([["Example Foundation", null]]);
    await expect(approveChange(before)).rejects.toMatchObject({ code: "conflict" });
    await approveChange(await deciding(own.id));
    expect(await listed()).toEqual([["Example Trust", null]]);
    const action = "signature.hide-representative";
    expect(await db.auditEntry.count({ where: { signatureId: own.id, action } })).toBe(1);
    // Nothing is left of a change that asked for this name alone.
    const shows = { ...proposed, fields: { representativePublic: true } };
    await proposeCorrection({ ...own, correction: shows });
    await hideRepresentative(own);
    expect(await db.proposal.count({ where: { signatureId: own.id, state: "WAITING" } })).toBe(0);
  });
});

describe("a moderator of some letters", () => {
  it("sees and counts the changes that wait in these alone", async () => {
    const mine = await openLetter();
    const other = await openLetter();
    const everywhere = await moderator();
    const within = { ...everywhere, letters: [mine.id] };
    const { own } = await signed(mine.slug);
    const { own: elsewhere } = await signed(other.slug);
    for (const { id, token } of [own, elsewhere])
      await proposeCorrection({ id, token, now: NOW, correction: correction("Ada Elsewhere") });
    expect(await waitingChanges(within, null)).toMatchObject([{ id: own.id }]);
    expect(await waitingChanges(within, other.slug)).toEqual([]);
    expect(await countWaitingChanges(within)).toBe(1);
    expect(await waitingChanges(everywhere, other.slug)).toMatchObject([{ id: elsewhere.id }]);
    expect(await countWaitingChanges({ ...everywhere, letters: [] })).toBe(0);
  });
});

describe("a celebrity who signs hidden and shows later", () => {
  it("is looked at as one who signs now, with the warnings of the name, and shown by a moderator alone", async () => {
    const { id, slug } = await openLetter();
    const admin = await moderator();
    const { own } = await signed(slug, { name: "Plain Person", visibility: "WITHHELD" });
    for (const n of [1, 2, 3]) await signed(slug, { name: `Hidden ${n}`, visibility: "WITHHELD" });
    await addToWatchlist({ admin, letterId: id, watched: { name: "Famous Person", note: null }, now: NOW });
    await proposeCorrection({ ...own, correction: correction("Famous Person", "GB") });
    await sent(own.id);
    const { change, flags } = (await signatureDetail(admin, own.id)) ?? {};
    expect(flags?.map(({ code }) => code)).not.toContain("watched");
    expect(change?.flags.map(({ code }) => code)).toContain("watched");
    await approveChange(await deciding(own.id));
    // Corrected, and still hidden: the mail about it does not say otherwise.
    expect(await namesOf(id)).toEqual([]);
    const about = { message: "change-approved", signatureId: own.id } as const;
    expect((await signatureMail(about, NOW))?.content).toMatchObject({ shown: "withheld" });
    for (const message of ["manage-link", "show-proposed", "change-refused"] as const)
      expect((await signatureMail({ ...about, message }, NOW))?.content).not.toHaveProperty("shown");
    const total = (await readTally(db, id)).total;
    await proposeShowing(own);
    expect(await namesOf(id)).toEqual([]);
    await sent(own.id);
    const waits = { shows: true, told: true, waitsUntil: at(1) };
    expect((await signatureDetail(admin, own.id, at(0.9)))?.change).toMatchObject(waits);
    // Its mailbox has a day to stop it.
    for (const days of [0, 0.99])
      await expect(approveChange(await deciding(own.id, days))).rejects.toMatchObject({ code: "too-early" });
    expect(await namesOf(id)).toEqual([]);
    expect((await signatureDetail(admin, own.id, at(1)))?.change).toMatchObject({ waitsUntil: null });
    await approveChange(await deciding(own.id, 1));
    expect(await namesOf(id)).toEqual(["Famous Person"]);
    // Nobody is counted twice until the next batch.
    expect((await readTally(db, id)).total).toBe(total);
    expect(await recount(false, NOW)).toEqual([]);
    await hideSignature(own);
    expect(await namesOf(id)).toEqual([]);
    expect(await recount(false, NOW)).toEqual([]);
  });
});

describe("corrections and a name to be shown", () => {
  it("wait together, whichever is asked for first, and are approved as one", async () => {
    const { id, slug } = await openLetter();
    const hidden = { visibility: "WITHHELD" } as const;
    const waits = async (own: { id: string; token: string }) => {
      const behind = await behindManageLink(own.token, "en", NOW);
      const proposal = behind.state === "open" ? behind.signatures[0]?.proposal : null;
      return proposal && [proposal.state, proposal.shows, proposal.fields.name];
    };
    const { own: first } = await signed(slug, hidden);
    await proposeCorrection({ ...first, correction: correction("Ada Corrected") });
    expect(await waits(first)).toEqual(["WAITING", false, "Ada Corrected"]);
    await proposeShowing(first);
    expect(await waits(first)).toEqual(["WAITING", true, "Ada Corrected"]);
    await sent(first.id);
    await approveChange(await deciding(first.id, 1));
    await expect(stopChange(first)).rejects.toMatchObject({ code: "conflict" });
    expect(await namesOf(id)).toEqual(["Ada Corrected"]);

    const { own: second } = await signed(slug, { ...hidden, name: "Ben Hidden" });
    await proposeShowing(second);
    await sent(second.id);
    await proposeCorrection({ ...second, correction: correction("Ben Corrected") });
    expect(await waits(second)).toEqual(["WAITING", true, "Ben Corrected"]);
    // Its mailbox is told anew of what would be shown now.
    await expect(approveChange(await deciding(second.id, 1))).rejects.toMatchObject({
      code: "not-confirmed",
    });
    expect(await namesOf(id)).toEqual(["Ada Corrected"]);
  });
});

describe("moving to another address", () => {
  const tokens = async (id: string) => ({
    fresh: await moveToken(id),
    old: await moveToken(id, "address-asked"),
  });

  it("takes both mailboxes, in either order; links to the old one lead nowhere then, and it is told", async () => {
    const { slug } = await openLetter();
    const { own, email } = await signed(slug);
    await askToMove({ ...own, email: "new@elsewhere.example" });
    const { fresh, old } = await tokens(own.id);
    expect(await isLinkKnown(old)).toBe(true);
    expect(await confirmMove({ token: fresh, now: NOW })).toEqual({ moved: false, token: null });
    expect(await behindManageLink(own.token, "en", NOW)).toMatchObject({ state: "open" });
    expect(await behindMoveLink(fresh, "en", at(30))).toEqual({ state: "waits" });
    expect(await behindMoveLink(old, "en", NOW)).toMatchObject({
      state: "asked",
      to: "new@elsewhere.example",
    });
    // From the old one: the link to what is there now is for the other mailbox alone.
    expect(await confirmMove({ token: old, now: NOW })).toEqual({ moved: true, token: null });
    expect(await behindManageLink(own.token, "en", NOW)).toEqual({ state: "unknown" });
    const link = await manageLinkTo(own.id);
    expect(await behindManageLink(link, "en", NOW)).toMatchObject({
      signatures: [{ id: own.id, email: "new@elsewhere.example" }],
    });
    await expect(confirmMove({ token: fresh, now: NOW })).rejects.toMatchObject({ code: "not-found" });
    const [told] = await db.mail.findMany({
      where: { message: "address-moved" },
      orderBy: { id: "desc" },
      take: 1,
    });
    expect(told).toMatchObject({ signatureId: null, recipient: null });
    expect(JSON.stringify(told)).not.toContain(email);
    // The old mailbox may sign again: its place moved along.
    const again = await waitingSignature(slug, individual({ email }));
    expect(again.state).toBe("VERIFIED");

    const { own: other } = await signed(slug, { name: "Other Order" });
    await askToMove({ ...other, email: "second@elsewhere.example" });
    const both = await tokens(other.id);
    expect(await confirmMove({ token: both.old, now: NOW })).toEqual({ moved: false, token: null });
    const { token } = await confirmMove({ token: both.fresh, now: NOW });
    expect(await behindManageLink(token ?? "", "en", NOW)).toMatchObject({ signatures: [{ id: other.id }] });
  });

  it("by who has only a link of it shows no hidden name: the owner can hide, stop and withdraw meanwhile", async () => {
    const { id, slug } = await openLetter();
    const { own } = await signed(slug, { name: "Greta Hidden", visibility: "WITHHELD" });
    const thief = own;
    await proposeShowing(thief);
    await sent(own.id);
    await askToMove({ ...thief, email: "thief@stolen.example" });
    const { fresh, old } = await tokens(own.id);
    expect((await confirmMove({ token: fresh, now: NOW })).moved).toBe(false);
    await sent(own.id);
    const admin = await moderator();
    const { move } = (await signatureDetail(admin, own.id, at(6.9))) ?? {};
    expect(move).toMatchObject({ lost: false, agreed: false, decidable: false, decidableAt: at(7) });
    const decide = async (days: number) =>
      approveMove({ admin, seen: await seeNow(own.id), moveId: move?.id ?? "", now: at(days) });
    await expect(decide(6.9)).rejects.toMatchObject({ code: "too-early" });
    await expect(stopMoveBehind(fresh, NOW)).rejects.toMatchObject({ code: "not-found" });
    await stopMoveBehind(old, at(3));
    await expect(decide(8)).rejects.toMatchObject({ code: "conflict" });

    // Where nobody stops it, nothing asked for before goes along, and nothing is shown for a week.
    await askToMove({ ...thief, email: "thief@stolen.example" });
    await confirmMove({ token: await moveToken(own.id), now: NOW });
    await sent(own.id);
    const { id: moveId } = await db.addressMove.findUniqueOrThrow({ where: { signatureId: own.id } });
    await approveMove({ admin, seen: await seeNow(own.id), moveId, now: at(7) });
    expect(await db.proposal.count({ where: { signatureId: own.id } })).toBe(0);
    const stolen = { id: own.id, token: await manageLinkTo(own.id), now: at(7) };
    await proposeShowing(stolen);
    await sent(own.id);
    expect(await signatureDetail(admin, own.id, at(8))).toMatchObject({ movedAt: at(7) });
    await expect(approveChange(await deciding(own.id, 13.9))).rejects.toMatchObject({ code: "too-early" });
    expect(await namesOf(id)).toEqual([]);
  });

  it("leaves the old mailbox no link, by an email that is written meanwhile or by a confirmation link", async () => {
    const { slug, id: letterId } = await openLetter();
    await signLetter({ slug, locale: "en", input: individual({ email: "left@change.example" }), now: NOW });
    const { id } = await db.signature.findFirstOrThrow({ where: { letterId } });
    const token = await queuedToken(id);
    await confirmSignature({ token, id, revision: 1, now: NOW });
    const waits = async () => {
      const [found] = await db.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      return found?.count;
    };
    const begun = await db.$transaction(async (tx) => {
      const [subject] = await lockSubjects(tx, [id]);
      const writing = signatureMail({ message: "signature-standing", signatureId: id }, NOW);
      const leading = leadOn({ token, id, now: NOW }).catch((error) => error.code);
      await expect.poll(waits).toBe(2);
      if (subject) await moveSignature(tx, subject, "elsewhere@moved.example", bySystem(NOW));
      return [writing, leading];
    });
    expect(await Promise.all(begun)).toEqual([null, "not-found"]);
    expect(await db.manageLink.count({ where: { signatureId: id } })).toBe(0);
  });

  it("gives the old mailbox its week from when it was told, however long the email waited", async () => {
    const { slug } = await openLetter();
    const { own } = await signed(slug);
    await askToMove({ ...own, email: "thief@stolen.example" });
    await confirmMove({ token: await moveToken(own.id), now: NOW });
    const { id: moveId } = await db.addressMove.findUniqueOrThrow({ where: { signatureId: own.id } });
    const admin = await moderator();
    const decide = async (days: number) =>
      approveMove({ admin, seen: await seeNow(own.id), moveId, now: at(days) });
    const decidable = async () => (await signatureDetail(admin, own.id, NOW))?.move?.decidableAt;
    const asked = { signatureId: own.id, message: "address-asked" };
    await db.mail.updateMany({ where: asked, data: { notBefore: at(3) } });
    expect(await decidable()).toEqual(at(10));
    await sent(own.id, 4);
    expect(await decidable()).toEqual(at(11));
    expect(await behindManageLink(own.token, "en", NOW)).toMatchObject({
      signatures: [{ movesTo: { decidableAt: at(11) } }],
    });
    await expect(decide(10.9)).rejects.toMatchObject({ code: "too-early" });
    await decide(11);
  });

  it("tells the old mailbox at once, however much the new one was emailed, and repeats take no more of its turns", async () => {
    const { slug } = await openLetter();
    const now = new Date();
    const [first, second] = [(await signed(slug)).own, (await signed(slug)).own];
    for (let n = 0; n < 3; n++) await askToMove({ ...first, now, email: "thief@stolen.example" });
    await askToMove({ ...second, now, email: "thief@stolen.example" });
    const wait = async (message: string) => {
      const mail = await db.mail.findFirstOrThrow({ where: { signatureId: second.id, message } });
      return Math.round((mail.notBefore.getTime() - now.getTime()) / 60_000);
    };
    expect([await wait("address-asked"), await wait("address-confirm")]).toEqual([0, 10]);
    // What waited and has nothing to say any more is gone.
    const about = { message: { startsWith: "address-" }, signatureId: first.id };
    expect(await db.mail.count({ where: about })).toBe(2);
  });

  it("asked for again and again causes mails as links do, to whatever spelling", async () => {
    const { slug } = await openLetter();
    const { own } = await signed(slug);
    const now = new Date();
    for (let n = 0; n < 3; n++) {
      if (n > 0) await sent(own.id);
      await askToMove({ ...own, now, email: `victim+${n}@elsewhere.example` });
    }
    const about = { message: { startsWith: "address-" }, signatureId: own.id };
    expect(await db.mail.count({ where: { ...about, state: "WAITING" } })).toBe(2);
    const other = (await signed(slug, { name: "Other Person" })).own;
    await askToMove({ ...other, now, email: "victim@elsewhere.example" });
    const [mail] = await db.mail.findMany({ where: { message: "address-confirm", signatureId: other.id } });
    expect(mail?.notBefore.getTime()).toBeGreaterThan(now.getTime() + 3_600_000);
  });

  it("emails strangers, and its owner about it, three times a day at most, whoever has the link", async () => {
    const { own } = await signed((await openLetter()).slug);
    const asks = Array.from({ length: 8 }, (_, place) =>
      askToMove({ ...own, email: `victim${place}@elsewhere.example` }).then(
        () => "asked",
        (error) => error.code,
      ),
    );
    const answers = await Promise.all(asks);
    expect(answers.filter((answer) => answer === "asked")).toHaveLength(3);
    expect(new Set(answers)).toEqual(new Set(["asked", "too-many"]));
    const mails = (message: string) => db.mail.count({ where: { signatureId: own.id, message } });
    // Those of the first two had not left yet, and have nothing to say any more.
    expect([await mails("address-confirm"), await mails("address-asked")]).toEqual([1, 1]);
    const tomorrow = { ...own, now: new Date(NOW.getTime() + 86_400_000 + 60_000) };
    await askToMove({ ...tomorrow, email: "later@elsewhere.example" });
  });

  it("is forgotten where the new mailbox does not answer in time", async () => {
    const { slug } = await openLetter();
    const { own } = await signed(slug);
    await askToMove({ ...own, email: "slow@elsewhere.example" });
    const token = await moveToken(own.id);
    await expect(confirmMove({ token, now: at(7.1) })).rejects.toMatchObject({ code: "not-found" });
    await sweep(at(7.1));
    expect(await db.addressMove.count({ where: { signatureId: own.id } })).toBe(0);
  });

  it("takes no place that the new mailbox has taken, and is stopped from the old one", async () => {
    const { slug } = await openLetter();
    const [ada, ben] = [await signed(slug), await signed(slug)];
    await askToMove({ ...ada.own, email: ben.email });
    await confirmMove({ token: await moveToken(ada.own.id, "address-asked"), now: NOW });
    await expect(confirmMove({ token: await moveToken(ada.own.id), now: NOW })).rejects.toMatchObject({
      code: "already-signed",
    });
    const token = await moveToken(ada.own.id);
    await stopMove(ada.own);
    await expect(confirmMove({ token, now: NOW })).rejects.toMatchObject({ code: "not-found" });
  });

  it("waits for a moderator where an organisation's domain would change", async () => {
    const { slug } = await openLetter();
    const { own } = await signed(slug, { email: "office@one.example" }, organisation);
    await askToMove({ ...own, email: "office@two.example" });
    const both = await tokens(own.id);
    for (const token of [both.old, both.fresh])
      expect(await confirmMove({ token, now: NOW })).toEqual({ moved: false, token: null });
    expect(await behindMoveLink(both.fresh, "en", NOW)).toEqual({ state: "decides" });
    expect(await behindMoveLink(both.old, "en", NOW)).toMatchObject({
      state: "both",
      to: "office@two.example",
    });
    const admin = await moderator();
    const { move } = (await signatureDetail(admin, own.id, NOW)) ?? {};
    expect(move).toMatchObject({ to: "office@two.example", lost: false, agreed: true, decidable: true });
    await approveMove({ admin, seen: await seeNow(own.id), moveId: move?.id ?? "", now: NOW });
    expect(await behindManageLink(own.token, "en", NOW)).toEqual({ state: "unknown" });
    expect(await db.mail.count({ where: { signatureId: own.id, message: "manage-link" } })).toBe(1);
  });

  it("waits for one where an organisation's mailbox is at a free provider: anybody is at the same one", () => {
    const move = (kind: "ORGANISATION" | "INDIVIDUAL", from: string, to: string) =>
      needsModerator({ kind, from, to });
    expect(move("ORGANISATION", "a@gmail.com", "b@gmail.com")).toBe(true);
    expect(move("ORGANISATION", "a@one.example", "b@mail.one.example")).toBe(false);
    expect(move("INDIVIDUAL", "a@gmail.com", "b@gmail.com")).toBe(false);
  });

  it("and withdrawing are no moderator's for what nobody has confirmed", async () => {
    const { slug } = await openLetter();
    await signLetter({ slug, locale: "en", input: individual({ email: "open@change.example" }), now: NOW });
    const { id } = await db.signature.findFirstOrThrow({ where: { letter: { slug } } });
    const asked = { admin: await moderator(), seen: await seeNow(id), now: NOW };
    await expect(startMove({ ...asked, email: "x@change.example" })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(withdrawFor(asked)).rejects.toMatchObject({ code: "conflict" });
  });

  it("is beyond a moderator's account alone: it takes another one, and a week in which the old mailbox can stop it", async () => {
    const { slug } = await openLetter();
    const { own } = await signed(slug);
    const [thief, other] = [await moderator("thief@change.example"), await moderator("other@change.example")];
    await startMove({ admin: thief, seen: await seeNow(own.id), email: "thief@stolen.example", now: NOW });
    expect((await confirmMove({ token: await moveToken(own.id), now: NOW })).moved).toBe(false);
    await sent(own.id);
    const { id: moveId } = await db.addressMove.findUniqueOrThrow({ where: { signatureId: own.id } });
    const decide = async (admin: typeof thief, days: number) =>
      approveMove({ admin, seen: await seeNow(own.id), moveId, now: at(days) });
    await expect(decide(thief, 8)).rejects.toMatchObject({ code: "same-person" });
    await expect(decide(other, 6.9)).rejects.toMatchObject({ code: "too-early" });
    expect(await behindManageLink(own.token, "en", NOW)).toMatchObject({ state: "open" });
    await stopMove(own);
    await expect(decide(other, 8)).rejects.toMatchObject({ code: "conflict" });
  });
});
