import { NIL } from "uuid";
import { describe, expect, it } from "vitest";
import { resend } from "@/app/[locale]/(site)/signatures/resend";
import { byAdmin } from "@/lib/auth/context";
import { readTally } from "@/lib/counts/queries";
import { recount } from "@/lib/counts/recount";
import { db } from "@/lib/db/client";
import { loadMessages } from "@/lib/i18n/messages";
import { removeLine } from "@/lib/letters/settings/remove-line";
import { wantsDiscretion } from "@/lib/mail/addressee";
import type { MailContent } from "@/lib/mail/content/content";
import { leftMail } from "@/lib/mail/sending/left-mail";
import { moveMail } from "@/lib/mail/sending/move-mail";
import { signatureMail } from "@/lib/mail/sending/signature-mail";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { hideName } from "@/lib/moderation/hide-name";
import { withdrawFor } from "@/lib/moderation/withdraw-for";
import { readPublicList } from "@/lib/signatories/public-list";
import { readWithdrawals, withdrawalLines } from "@/lib/signatories/withdrawals";
import { hiddenHash } from "@/lib/signatures/erasure/erased-hash";
import { askToMove } from "@/lib/signatures/move/begin-move";
import { endOtherLinks } from "@/lib/signatures/own/end-other-links";
import { hideSignature } from "@/lib/signatures/own/hide-signature";
import { ownData, ownFile } from "@/lib/signatures/own/own-data";
import { behindManageLink } from "@/lib/signatures/own/own-signatures";
import { requestManageLink } from "@/lib/signatures/own/request-manage-link";
import { setDiscreet } from "@/lib/signatures/own/set-discreet";
import { setUpdates } from "@/lib/signatures/own/set-updates";
import { withdrawOwn } from "@/lib/signatures/own/withdraw-own";
import {
  decryptRemoved,
  encryptRemoved,
  forgetUntoldLines,
  linesBehind,
  removeNote,
  showDueLines,
} from "@/lib/signatures/own/withdrawal-note";
import type { SignatureInput } from "@/lib/signatures/schemas";
import { signLetter } from "@/lib/signatures/sign-letter";
import { individual, NOW, openLetter, organisation } from "../support/letters";
import { manageLinkTo } from "../support/manage-link";
import { moderator, seeNow, waitingSignature } from "../support/moderators";
import { readSources } from "../support/sources";

let people = 0;

/** Signs, confirms and approves. @returns a link to it */
async function signed(slug: string, changes: Parameters<typeof individual>[0] = {}, make = individual) {
  people += 1;
  const input: SignatureInput = make({ email: `own${people}@own.example`, ...changes });
  const seen = await waitingSignature(slug, input);
  await approveSignature({ admin: await moderator(), seen, now: NOW, asExpert: false });
  const id = seen.signatureId;
  return { id, token: await manageLinkTo(id), now: NOW, email: input.email };
}

const own = ({ id, token, now }: Awaited<ReturnType<typeof signed>>) => ({ id, token, now });
const namesOf = async (letterId: string) =>
  (await readPublicList(db, letterId, {}, {}, 50)).signatories.map(({ name }) => name);
const mailsOf = async (signatureId: string, message: string) =>
  db.mail.count({ where: { signatureId, message } });

describe("one's own link", () => {
  it("leads to all that its mailbox has confirmed, each choice naming its own, and to nobody else's", async () => {
    const { slug } = await openLetter();
    const ada = await signed(slug);
    const org = await signed(slug, { email: ada.email }, organisation);
    const other = await signed(slug, { name: "Ben Other" });
    const behind = await behindManageLink(ada.token, "en", NOW);
    if (behind.state !== "open") throw new Error(behind.state);
    expect(behind.signatures.map(({ id }) => id)).toEqual([ada.id, org.id]);
    const strange = { ...own(ada), id: other.id };
    for (const act of [
      hideSignature,
      withdrawOwn,
      (o: typeof strange) => setUpdates({ ...o, updates: true }),
    ])
      await expect(act(strange)).rejects.toMatchObject({ code: "not-found" });
    await withdrawOwn({ ...own(ada), id: org.id });
    expect((await behindManageLink(ada.token, "en", NOW)).state).toBe("open");
    // Both are behind one link, and each mail's goes on leading to what is left.
    const left = { state: "open", signatures: [{ id: ada.id }] };
    expect(await behindManageLink(org.token, "en", NOW)).toMatchObject(left);
    await hideSignature({ ...own(org), id: ada.id });
    await expect(hideSignature(own(org))).rejects.toMatchObject({ code: "not-found" });
    await withdrawOwn({ ...own(org), id: ada.id });
    for (const { token } of [ada, org])
      expect(await behindManageLink(token, "en", NOW)).toEqual({ state: "withdrawn" });
  });

  it("opens nothing once forwarded and withdrawn, whatever is posted with it", async () => {
    const { slug } = await openLetter();
    const ada = await signed(slug);
    await withdrawOwn(own(ada));
    expect(await behindManageLink(ada.token, "en", NOW)).toEqual({ state: "withdrawn" });
    expect(await ownData(ada.token, "en", NOW)).toBeNull();
    for (const act of [hideSignature, withdrawOwn])
      await expect(act(own(ada))).rejects.toMatchObject({ code: "not-found" });
  });

  it("turns discreet emails on, for all its mailbox's mails, and has no way to turn them off", async () => {
    const { slug } = await openLetter();
    const ada = await signed(slug);
    expect(await wantsDiscretion(db, ada.email)).toBe(false);
    await setDiscreet(own(ada));
    await setDiscreet(own(ada));
    expect(await wantsDiscretion(db, ada.email)).toBe(true);
    const [data] = (await ownData(ada.token, "en", NOW)) ?? [];
    expect(data?.history.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["signature.discreet-on"]),
    );
    expect(data?.discreet).toBe(true);
  });

  it("has words of its own for all that can have happened to a signature", () => {
    const kept = readSources(["lib"]).flatMap(({ text }) => [
      ...text.matchAll(/(?:action: |ASK = |NOT_ACTS)[^;]*?"signature\.([a-z-]+)"/g),
    ]);
    const events = Object.keys(loadMessages("en").own?.events ?? {});
    // With these its person goes too, or nobody has confirmed it yet.
    const gone = ["withdraw", "erase-again", "lapse", "outlive"];
    const unsaid = kept.map(([, action = ""]) => action).filter((one) => !events.includes(one));
    expect(kept.length).toBeGreaterThan(10);
    expect(unsaid.filter((one) => !gone.includes(one))).toEqual([]);
  });

  it("gives all that is stored, and turns news on and off", async () => {
    const { slug } = await openLetter();
    const ada = await signed(slug, { comment: "For you alone.", updates: true });
    await setUpdates({ ...own(ada), updates: false });
    await setUpdates({ ...own(ada), updates: false });
    const data = await ownData(ada.token, "en", NOW);
    const { signatures } = ownFile(data ?? [], NOW);
    expect(signatures).toMatchObject([
      {
        letter: { slug },
        displayed: { name: "Ada Exampleton" },
        email: ada.email,
        comment: "For you alone.",
        updates: false,
        visibility: "PUBLIC",
        state: "APPROVED",
      },
    ]);
    expect(signatures[0]?.history.map(({ action }) => action)).toEqual([
      "signature.submit",
      "signature.verify",
      "signature.approve",
      "signature.updates-off",
    ]);
    expect(JSON.stringify(signatures)).not.toContain("mona@example.org");
  });
});

describe("ending all other links", () => {
  const stateOf = async (token: string) => (await behindManageLink(token, "en", NOW)).state;
  const linkOf = async (message: "links-ended" | "manage-link", signatureId: string) => {
    const ready = await signatureMail({ message, signatureId }, NOW);
    return ready?.content.link.split("/signatures/")[1] ?? "";
  };

  it("leaves the one that is held, ends links that confirm and moves that wait, and tells the mailbox", async () => {
    const { slug } = await openLetter();
    const ada = await signed(slug);
    const org = await signed(slug, { email: ada.email }, organisation);
    const other = await signed(slug, { name: "Ben Other" });
    const { mailboxHash } = await db.signature.findUniqueOrThrow({ where: { id: ada.id } });
    await askToMove({ ...own(org), email: "thief@own.example" });
    await db.confirmationLink.updateMany({
      where: { mailboxHash: mailboxHash ?? "" },
      data: { expiresAt: new Date(NOW.getTime() + 86_400_000), usedAt: NOW },
    });
    await endOtherLinks({ token: ada.token, now: NOW });
    expect([await stateOf(ada.token), await stateOf(org.token)]).toEqual(["open", "ended"]);
    expect(await stateOf(other.token)).toBe("open");
    const working = { mailboxHash: mailboxHash ?? "", expiresAt: { gt: NOW } };
    expect(await db.confirmationLink.count({ where: working })).toBe(0);
    expect(await db.addressMove.count({ where: { signatureId: org.id } })).toBe(0);
    for (const act of [hideSignature, withdrawOwn])
      await expect(act(own(org))).rejects.toMatchObject({ code: "not-found" });
    expect(await mailsOf(ada.id, "links-ended")).toBe(1);
    for (const { id } of [ada, org])
      expect(await db.auditEntry.count({ where: { signatureId: id, action: "signature.end-links" } })).toBe(
        1,
      );
    // A second press has nothing left to do.
    await endOtherLinks({ token: ada.token, now: NOW });
    expect(await mailsOf(ada.id, "links-ended")).toBe(1);
    await expect(endOtherLinks({ token: org.token, now: NOW })).rejects.toMatchObject({ code: "not-found" });
    // The mail names all of them.
    const told = await signatureMail({ message: "links-ended", signatureId: ada.id }, NOW);
    expect(told?.content).toMatchObject({
      letters: [{ signatory: "Ada Exampleton" }, { signatory: "Example Foundation" }],
    });
  });

  it("tells the mailbox even where the signature that the mail is about is withdrawn before it leaves", async () => {
    const { slug } = await openLetter();
    const ada = await signed(slug);
    const org = await signed(slug, { email: ada.email }, organisation);
    const stolen = await manageLinkTo(ada.id);
    await endOtherLinks({ token: stolen, now: NOW });
    await withdrawOwn({ ...own(ada), token: stolen });
    expect([await mailsOf(ada.id, "links-ended"), await mailsOf(org.id, "links-ended")]).toEqual([0, 1]);
    expect(await stateOf(await linkOf("links-ended", org.id))).toBe("open");
    // Nobody is told once nothing remains to be told of.
    await withdrawOwn({ ...own(org), token: stolen });
    expect(
      await db.mail.count({ where: { message: "links-ended", signatureId: { in: [ada.id, org.id] } } }),
    ).toBe(0);
  });

  it("locks nobody out: a link from the mailbox works whatever a thief presses, and ends the thief’s", async () => {
    const { slug } = await openLetter();
    const ada = await signed(slug);
    const stolen = await manageLinkTo(ada.id);
    await endOtherLinks({ token: stolen, now: NOW });
    expect(await stateOf(ada.token)).toBe("ended");
    const [told, asked] = [await linkOf("links-ended", ada.id), await linkOf("manage-link", ada.id)];
    await expect(endOtherLinks({ token: stolen, now: NOW })).rejects.toMatchObject({ code: "conflict" });
    expect([await stateOf(told), await stateOf(asked)]).toEqual(["open", "open"]);
    expect(await behindManageLink(asked, "en", NOW)).toMatchObject({
      links: { endedOthers: false, endedAt: NOW },
    });
    await endOtherLinks({ token: asked, now: NOW });
    expect([await stateOf(stolen), await stateOf(asked)]).toEqual(["ended", "open"]);
    await expect(hideSignature({ ...own(ada), token: stolen })).rejects.toMatchObject({ code: "not-found" });
    await expect(endOtherLinks({ token: stolen, now: NOW })).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("mails about one of several signatures of an address", () => {
  const said = (ready: { content: MailContent } | null) =>
    ready && "letter" in ready.content ? (ready.content.letter.signatory ?? null) : "no mail";
  const left = async (message: "signature-withdrawn" | "address-moved") => {
    const { payload } = await db.mail.findFirstOrThrow({ where: { message }, orderBy: { id: "desc" } });
    const { encryptedAddressee } = payload as { encryptedAddressee: string };
    return said(await leftMail({ message, encryptedAddressee }));
  };
  const moving = async (message: "address-asked" | "address-confirm", signatureId: string) => {
    const { payload } = await db.mail.findFirstOrThrow({ where: { message, signatureId } });
    const { encryptedToken } = payload as { encryptedToken: string };
    return said(await moveMail({ message, signatureId, encryptedToken }, NOW));
  };
  const MESSAGES = [
    ...["signature-standing", "signature-approved", "signature-corrected", "signature-objected"],
    ...["manage-link", "change-proposed", "show-proposed", "change-approved", "change-refused"],
  ] as const;
  type Told = Parameters<typeof signatureMail>[0]["message"];

  it("name it, of whatever kind they are, and none where there is one alone", async () => {
    const { slug } = await openLetter();
    const ada = await signed(slug);
    const tell = async (message: string, signatureId: string) =>
      said(await signatureMail({ message: message as Told, signatureId }, NOW));
    expect(await tell("signature-approved", ada.id)).toBe(null);
    // Another spelling's mail comes to the same reader.
    const org = await signed(slug, { email: ada.email.replace("@", "+org@") }, organisation);
    for (const message of MESSAGES)
      expect([message, await tell(message, org.id)]).toEqual([message, "Example Foundation"]);
    expect(await tell("signature-approved", ada.id)).toBe("Ada Exampleton");
    await hideSignature(own(ada));
    expect(await tell("signature-hidden", ada.id)).toBe("Ada Exampleton");
    await askToMove({ ...own(org), email: "moved@own.example" });
    expect(await moving("address-asked", org.id)).toBe("Example Foundation");
    expect(await moving("address-confirm", org.id)).toBe(null);
    await withdrawOwn(own(org));
    expect(await left("signature-withdrawn")).toBe("Example Foundation");
    await withdrawOwn(own(ada));
    expect(await left("signature-withdrawn")).toBe(null);
  });
});

describe("hiding", () => {
  it("takes the name off the list at once, and looks like withdrawing in the public numbers", async () => {
    const { id, slug } = await openLetter();
    const ada = await signed(slug);
    for (const name of ["Hidden One", "Hidden Two"]) await signed(slug, { name, visibility: "WITHHELD" });
    const before = await db.letter.findUniqueOrThrow({ where: { id } });
    expect(before.withheldChanges).toBe(2);
    expect((await readTally(db, id)).total).toBe(1);
    await hideSignature(own(ada));
    await hideSignature(own(ada));
    expect(await namesOf(id)).toEqual([]);
    // The third change would have shown that a hidden one came as a shown one went.
    expect((await readTally(db, id)).total).toBe(0);
    expect(await recount(false, NOW)).toEqual([]);
    await signed(slug, { name: "Hidden Three", visibility: "WITHHELD" });
    expect((await readTally(db, id)).total).toBe(4);
    expect(await db.auditEntry.count({ where: { signatureId: ada.id, action: "signature.hide" } })).toBe(1);
    expect(await db.erasure.count({ where: { hash: hiddenHash(ada.id) } })).toBe(1);
  });

  it("holds for what a moderator approves from a page that still said public", async () => {
    const { id, slug } = await openLetter();
    const seen = await waitingSignature(slug, individual({ email: "early@own.example" }));
    const token = await manageLinkTo(seen.signatureId);
    await hideSignature({ id: seen.signatureId, token, now: NOW });
    await approveSignature({ admin: await moderator(), seen, now: NOW, asExpert: false });
    expect(await namesOf(id)).toEqual([]);
    expect(await seeNow(seen.signatureId)).toMatchObject({ state: "APPROVED" });
  });
});

describe("asking for the link", () => {
  const waiting = (signatureId: string) =>
    db.mail.findMany({
      where: { signatureId, message: "manage-link" },
      orderBy: { notBefore: "asc" },
      select: { id: true, state: true, notBefore: true },
    });
  const minutesOn = (minutes: number) => new Date(Date.now() + minutes * 60_000);

  it("asks about an address that looks like a slip, and takes the answer", async () => {
    const asked = await resend({ email: "ada@gmial.com" }, "/signatures");
    expect(asked).toEqual({ errors: { email: ["meant:ada@gmail.com"] } });
    const answered = { email: "ada@gmial.com", emailAnswered: "ada@gmial.com" };
    expect(await resend(answered, "/signatures")).toEqual({ redirect: "/signatures?sent=1" });
  });

  it("mails it to the spelling that signed, whatever strangers' signings have spent", async () => {
    const { slug } = await openLetter();
    const ada = await signed(slug);
    for (let n = 0; n < 5; n++)
      await signLetter({
        slug,
        locale: "en",
        input: individual({ email: ada.email, name: `Stranger ${n}` }),
        now: NOW,
      });
    await requestManageLink({ email: ada.email.toUpperCase(), now: minutesOn(0) });
    expect(await waiting(ada.id)).toMatchObject([{ state: "WAITING" }]);
    await requestManageLink({ email: "nobody@own.example", now: minutesOn(0) });
  });

  it("often keeps nobody from it and floods nobody: one waits at most, three hours at the longest", async () => {
    const { slug } = await openLetter();
    const ada = await signed(slug);
    let longest = 0;
    // A stranger asks three times an hour for a day; each mail leaves when it may.
    for (let minute = 0; minute < 1_440; minute += 20) {
      const now = minutesOn(minute);
      await requestManageLink({ email: ada.email, now });
      const mails = await waiting(ada.id);
      const [held, ...more] = mails.filter(({ state }) => state === "WAITING");
      expect(more).toEqual([]);
      if (!held) throw new Error("nothing waits");
      longest = Math.max(longest, held.notBefore.getTime() - now.getTime());
      if (held.notBefore <= now)
        await db.mail.update({ where: { id: held.id }, data: { state: "SENT", doneAt: now } });
    }
    expect(longest).toBeLessThanOrEqual(3 * 3_600_000);
    const sent = (await waiting(ada.id)).filter(({ state }) => state === "SENT").length;
    expect(sent).toBeGreaterThanOrEqual(8);
    expect(sent).toBeLessThanOrEqual(11);
  });
});

describe("a moderator who is written to", () => {
  it("hides and withdraws, each with a mail to the mailbox, and cannot show again", async () => {
    const { id, slug } = await openLetter();
    const ada = await signed(slug);
    const admin = await moderator();
    const seen = await seeNow(ada.id);
    await hideName({ admin, seen, now: NOW });
    await expect(hideName({ admin, seen, now: NOW })).rejects.toMatchObject({ code: "conflict" });
    expect(await namesOf(id)).toEqual([]);
    expect(await mailsOf(ada.id, "signature-hidden")).toBe(1);
    const again = await seeNow(ada.id);
    await approveSignature({ admin, seen: again, now: NOW, asExpert: false }).catch(() => undefined);
    expect(await namesOf(id)).toEqual([]);
    const reader = await moderator("reader@own.example", "READER");
    await expect(withdrawFor({ admin: reader, seen: again, now: NOW })).rejects.toMatchObject({
      code: "forbidden",
    });
    const before = await db.mail.count({ where: { message: "signature-withdrawn" } });
    await withdrawFor({ admin, seen: again, now: NOW });
    expect(await db.mail.count({ where: { message: "signature-withdrawn" } })).toBe(before + 1);
    expect(await db.signature.findUnique({ where: { id: ada.id } })).toMatchObject({
      state: "WITHDRAWN",
      address: null,
    });
    const line = { signatureId: ada.id, action: "signature.withdraw", adminId: admin.id };
    expect(await db.auditEntry.count({ where: line })).toBe(1);
  });
});

describe("withdrawing", () => {
  const LATER = new Date(NOW.getTime() + 24 * 3_600_000);
  const lastMail = () =>
    db.mail.findFirstOrThrow({ where: { message: "signature-withdrawn" }, orderBy: { id: "desc" } });
  const linesOf = async (slug: string) => (await readWithdrawals(db, slug)).map(({ name }) => name);
  const behind = async (token: string) =>
    (await linesBehind(token, "en")).map(({ name, waits }) => (waits ? `${name}, waiting` : name));
  /** As if the mails about withdrawals had left now, and a day had gone by. */
  const dayLater = async () => {
    const where = { message: "signature-withdrawn", state: "WAITING" as const };
    await db.mail.updateMany({ where, data: { state: "SENT", doneAt: NOW } });
    await showDueLines(LATER);
  };
  const remove = async (token: string, place = 0) => {
    const id = (await linesBehind(token, "en"))[place]?.id ?? NIL;
    return removeNote({ token, id, locale: "en" });
  };

  it("leaves a line in the list where letter and signatory choose it, which the same link takes away", async () => {
    const { id, slug } = await openLetter();
    const [ada, ben, hidden] = [
      await signed(slug),
      await signed(slug, { name: "Ben Other" }),
      await signed(slug, { name: "Hidden Person", visibility: "WITHHELD" }),
    ];
    await withdrawOwn({ ...own(ada), noted: true });
    await db.letter.update({ where: { id }, data: { withdrawalsShown: true } });
    await withdrawOwn({ ...own(hidden), noted: true });
    await withdrawOwn({ ...own(ben), noted: true });
    await dayLater();
    expect(await readWithdrawals(db, slug)).toMatchObject([
      { name: "Ben Other", day: new Date("2026-11-23T00:00:00Z") },
    ]);
    expect(await behindManageLink(ben.token, "en", NOW)).toEqual({ state: "withdrawn" });
    expect(await behind(ben.token)).toEqual(["Ben Other"]);
    await expect(remove(ada.token)).rejects.toMatchObject({ code: "not-found" });
    const { id: line } = (await linesBehind(ben.token, "en"))[0] ?? { id: NIL };
    await expect(removeNote({ token: ada.token, id: line, locale: "en" })).rejects.toMatchObject({
      code: "not-found",
    });
    expect(await remove(ben.token)).toMatchObject({ name: "Ben Other", title: "Example Letter" });
    expect(await linesOf(slug)).toEqual([]);
  });

  it("shows no line before a day after its mail left, and none whose mailbox could not be told", async () => {
    const { id, slug } = await openLetter();
    await db.letter.update({ where: { id }, data: { withdrawalsShown: true } });
    const [ada, ben, cleo] = [
      await signed(slug, { name: "Ada Patient" }),
      await signed(slug, { name: "Ben Stopped" }),
      await signed(slug, { name: "Cleo Untold" }),
    ];
    const owner = await moderator("owner@own.example", "OWNER");
    await withdrawOwn({ ...own(cleo), noted: true });
    await db.mail.update({ where: { id: (await lastMail()).id }, data: { state: "FAILED", doneAt: NOW } });
    await withdrawOwn({ ...own(ben), noted: true });
    await withdrawOwn({ ...own(ada), noted: true });
    await showDueLines(LATER);
    expect([await linesOf(slug), await withdrawalLines(owner, id)]).toEqual([[], []]);
    expect(await behind(ada.token)).toEqual(["Ada Patient, waiting"]);
    expect(JSON.stringify(await db.withdrawalNote.findMany())).not.toContain("Patient");
    await remove(ben.token);
    const sent = { state: "SENT" as const, doneAt: NOW };
    await db.mail.updateMany({ where: { message: "signature-withdrawn", state: "WAITING" }, data: sent });
    await showDueLines(new Date(LATER.getTime() - 60_000));
    expect(await linesOf(slug)).toEqual([]);
    await forgetUntoldLines(100);
    expect(await behind(cleo.token)).toEqual([]);
    await showDueLines(LATER);
    expect(await linesOf(slug)).toEqual(["Ada Patient"]);
    await forgetUntoldLines(100);
    expect(await behind(ada.token)).toEqual(["Ada Patient"]);
  });

  it("leaves a line that every link to it removes, that of the last mail too, an editor, and signing again", async () => {
    const { id, slug } = await openLetter();
    await db.letter.update({ where: { id }, data: { withdrawalsShown: true } });
    const withdrawn = async (name: string, waits = false) => {
      const one = await signed(slug, { name });
      const older = await manageLinkTo(one.id);
      const thief = await manageLinkTo(one.id);
      await endOtherLinks({ token: thief, now: NOW });
      await withdrawOwn({ ...own(one), token: thief, noted: true });
      if (!waits) await dayLater();
      expect(await behind(older)).toEqual([waits ? `${name}, waiting` : name]);
      return { ...one, older };
    };
    const first = await withdrawn("First Person");
    expect(await behindManageLink(first.older, "en", NOW)).toEqual({ state: "withdrawn" });
    await remove(first.older);
    expect(await linesOf(slug)).toEqual([]);
    expect(await behind(first.token)).toEqual([]);

    await withdrawn("Second Person");
    const { encryptedAddressee = "" } = ((await lastMail()).payload ?? {}) as { encryptedAddressee?: string };
    const ready = await leftMail({ message: "signature-withdrawn", encryptedAddressee });
    expect(ready?.content).toMatchObject({ noted: true });
    await remove(ready?.content.link.split("/signatures/")[1] ?? "");
    expect(await linesOf(slug)).toEqual([]);

    for (const waits of [true, false]) {
      const third = await withdrawn("Third Person", waits);
      await signed(slug, { name: "Third Person" });
      expect(await behind(third.token)).toEqual([]);
    }

    await withdrawn("Fourth Person");
    const owner = await moderator("owner@own.example", "OWNER");
    const [line] = await withdrawalLines(owner, id);
    await removeLine(byAdmin(owner, NOW), slug, line?.id ?? "");
    expect(await linesOf(slug)).toEqual([]);
  });

  it("leaves lines that each stay in reach of every link which showed their signatures", async () => {
    const { id, slug } = await openLetter();
    const { id: otherId, slug: otherSlug } = await openLetter();
    await db.letterText.updateMany({
      where: { version: { letterId: otherId } },
      data: { title: "Other Letter" },
    });
    const where = { id: { in: [id, otherId] } };
    await db.letter.updateMany({ where, data: { withdrawalsShown: true } });
    const ada = await signed(slug, { name: "Twice Signed" });
    const same = await signed(otherSlug, { name: "Twice Signed", email: ada.email });
    // The link of one withdraws the other first, and knows it while its own signature stands.
    await withdrawOwn({ ...own(same), token: ada.token, noted: true });
    expect(await behindManageLink(ada.token, "en", NOW)).toMatchObject({ state: "open" });
    expect(await behind(ada.token)).toHaveLength(1);
    await withdrawOwn({ ...own(ada), noted: true });
    await dayLater();
    for (const { token } of [ada, same])
      expect(await behind(token)).toEqual(["Twice Signed", "Twice Signed"]);
    // Each is named, and the one that is meant goes.
    const [one, other] = await linesBehind(same.token, "en");
    expect(new Set([one?.title, other?.title])).toEqual(new Set(["Example Letter", "Other Letter"]));
    const removed = await removeNote({ token: same.token, id: other?.id ?? NIL, locale: "en" });
    expect(decryptRemoved(encryptRemoved(removed))).toEqual({
      ...{ name: "Twice Signed", title: other?.title, textLocale: "en" },
    });
    expect(encryptRemoved(removed)).not.toContain("Twice");
    for (const { token } of [ada, same])
      expect((await linesBehind(token, "en")).map(({ title }) => title)).toEqual([one?.title]);
    await remove(ada.token);
    for (const { token } of [ada, same]) expect(await behind(token)).toEqual([]);
    expect([...(await linesOf(slug)), ...(await linesOf(otherSlug))]).toEqual([]);
  });

  it("is confirmed by a mail that alone still knows the address, and nothing else is left", async () => {
    const { id, slug } = await openLetter();
    const ada = await signed(slug);
    await withdrawOwn(own(ada));
    expect(await namesOf(id)).toEqual([]);
    const [mail] = await db.mail.findMany({
      where: { message: "signature-withdrawn" },
      orderBy: { id: "desc" },
      take: 1,
    });
    expect(mail).toMatchObject({ signatureId: null, recipient: null, mailboxHash: null, state: "WAITING" });
    expect(JSON.stringify(mail)).not.toContain(ada.email);
    expect(await mailsOf(ada.id, "signature-withdrawn")).toBe(0);
  });
});
