import { describe, expect, it } from "vitest";
import { resend } from "@/app/[locale]/(site)/signatures/resend";
import { byAdmin } from "@/lib/auth/context";
import { readTally } from "@/lib/counts/queries";
import { recount } from "@/lib/counts/recount";
import { db } from "@/lib/db/client";
import { loadMessages } from "@/lib/i18n/messages";
import { removeLine } from "@/lib/letters/settings/remove-line";
import { wantsDiscretion } from "@/lib/mail/addressee";
import { leftMail } from "@/lib/mail/sending/left-mail";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { hideName } from "@/lib/moderation/hide-name";
import { withdrawFor } from "@/lib/moderation/withdraw-for";
import { readPublicList } from "@/lib/signatories/public-list";
import { readWithdrawals, withdrawalLines } from "@/lib/signatories/withdrawals";
import { hiddenHash } from "@/lib/signatures/erasure/erased-hash";
import { hideSignature } from "@/lib/signatures/own/hide-signature";
import { ownData, ownFile } from "@/lib/signatures/own/own-data";
import { behindManageLink } from "@/lib/signatures/own/own-signatures";
import { requestManageLink } from "@/lib/signatures/own/request-manage-link";
import { setDiscreet } from "@/lib/signatures/own/set-discreet";
import { setUpdates } from "@/lib/signatures/own/set-updates";
import { withdrawOwn } from "@/lib/signatures/own/withdraw-own";
import { removeNote } from "@/lib/signatures/own/withdrawal-note";
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
      expect(await behindManageLink(token, "en", NOW)).toEqual({ state: "withdrawn", noted: false });
  });

  it("opens nothing once forwarded and withdrawn, whatever is posted with it", async () => {
    const { slug } = await openLetter();
    const ada = await signed(slug);
    await withdrawOwn(own(ada));
    expect(await behindManageLink(ada.token, "en", NOW)).toEqual({ state: "withdrawn", noted: false });
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
    const meant = { email: "ada@gmial.com", emailMeant: "ada@gmail.com" };
    expect(await resend(meant, "/signatures")).toEqual({ redirect: "/signatures?sent=1" });
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
  it("leaves a line in the list where letter and signatory choose it, which the same link takes away", async () => {
    const { id, slug } = await openLetter();
    const [ada, ben, hidden] = [
      await signed(slug),
      await signed(slug, { name: "Ben Other" }),
      await signed(slug, { name: "Hidden Person", visibility: "WITHHELD" }),
    ];
    await withdrawOwn({ ...own(ada), noted: true });
    expect(await readWithdrawals(db, slug)).toEqual([]);
    await db.letter.update({ where: { id }, data: { withdrawalsShown: true } });
    await withdrawOwn({ ...own(hidden), noted: true });
    await withdrawOwn({ ...own(ben), noted: true });
    expect(await readWithdrawals(db, slug)).toMatchObject([
      { name: "Ben Other", day: new Date("2026-11-23T00:00:00Z") },
    ]);
    expect(await behindManageLink(ben.token, "en", NOW)).toEqual({ state: "withdrawn", noted: true });
    await expect(removeNote(ada.token)).rejects.toMatchObject({ code: "not-found" });
    await removeNote(ben.token);
    expect(await readWithdrawals(db, slug)).toEqual([]);
  });

  it("leaves a line that every link to it removes, that of the last mail too, an editor, and signing again", async () => {
    const { id, slug } = await openLetter();
    await db.letter.update({ where: { id }, data: { withdrawalsShown: true } });
    const lines = async () => (await readWithdrawals(db, slug)).map(({ name }) => name);
    const withdrawn = async (name: string) => {
      const one = await signed(slug, { name });
      const older = await manageLinkTo(one.id);
      await withdrawOwn({ ...own(one), noted: true });
      expect(await lines()).toEqual([name]);
      return { ...one, older };
    };
    const first = await withdrawn("First Person");
    expect(await behindManageLink(first.older, "en", NOW)).toEqual({ state: "withdrawn", noted: true });
    await removeNote(first.older);
    expect(await lines()).toEqual([]);
    expect(await behindManageLink(first.token, "en", NOW)).toEqual({ state: "withdrawn", noted: false });

    await withdrawn("Second Person");
    const [mail] = await db.mail.findMany({
      where: { message: "signature-withdrawn" },
      orderBy: { id: "desc" },
      take: 1,
    });
    const { encryptedAddressee = "" } = (mail?.payload ?? {}) as { encryptedAddressee?: string };
    const ready = await leftMail({ message: "signature-withdrawn", encryptedAddressee });
    expect(ready?.content).toMatchObject({ noted: true });
    await removeNote(ready?.content.link.split("/signatures/")[1] ?? "");
    expect(await lines()).toEqual([]);

    await withdrawn("Third Person");
    await signed(slug, { name: "Third Person" });
    expect(await lines()).toEqual([]);

    await withdrawn("Fourth Person");
    const owner = await moderator("owner@own.example", "OWNER");
    const [line] = await withdrawalLines(owner, id);
    await removeLine(byAdmin(owner, NOW), slug, line?.id ?? "");
    expect(await lines()).toEqual([]);
  });

  it("leaves lines that each stay in reach of every link which showed their signatures", async () => {
    const { id, slug } = await openLetter();
    const { id: otherId, slug: otherSlug } = await openLetter();
    const where = { id: { in: [id, otherId] } };
    await db.letter.updateMany({ where, data: { withdrawalsShown: true } });
    const lines = async () =>
      [...(await readWithdrawals(db, slug)), ...(await readWithdrawals(db, otherSlug))].length;
    const ada = await signed(slug, { name: "Twice Signed" });
    const same = await signed(otherSlug, { name: "Twice Signed", email: ada.email });
    // The link of one withdraws the other first, and knows it while its own signature stands.
    await withdrawOwn({ ...own(same), token: ada.token, noted: true });
    expect(await behindManageLink(ada.token, "en", NOW)).toMatchObject({ state: "open", noted: true });
    await withdrawOwn({ ...own(ada), noted: true });
    for (const { token } of [ada, same])
      expect(await behindManageLink(token, "en", NOW)).toEqual({ state: "withdrawn", noted: true });
    await removeNote(same.token);
    expect(await lines()).toBe(1);
    expect(await behindManageLink(ada.token, "en", NOW)).toEqual({ state: "withdrawn", noted: true });
    await removeNote(ada.token);
    expect(await lines()).toBe(0);
    for (const { token } of [ada, same])
      expect(await behindManageLink(token, "en", NOW)).toEqual({ state: "withdrawn", noted: false });
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
