import { beforeAll, describe, expect, it } from "vitest";
import { byAdmin } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { draftView } from "@/lib/letters/organiser-queries";
import { publishVersion } from "@/lib/letters/publish-version";
import { saveDraft } from "@/lib/letters/save-draft";
import { enqueueMail, type NewMail, type SignatureMessage } from "@/lib/mail/outbox";
import { prepareMail } from "@/lib/mail/sending/prepare";
import { dueMails } from "@/lib/mail/sending/waiting";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { addressHash } from "@/lib/signatures/claim";
import { askToMove } from "@/lib/signatures/move/begin-move";
import { proposeShowing } from "@/lib/signatures/own/propose-change";
import { withdrawOwn } from "@/lib/signatures/own/withdraw-own";
import { signLetter } from "@/lib/signatures/sign-letter";
import { individual, later, NOW, openLetter, organisation } from "../support/letters";
import { manageLinkTo } from "../support/manage-link";
import { moderator, waitingSignature } from "../support/moderators";
import { moveToken } from "../support/queued-mails";

const TELLING = /Example|Letter|letter|sign|organis|petition/i;
let place: { id: string; slug: string };

/** All that leaves of a mail: headers, subject and both parts. */
async function written(id: string): Promise<string> {
  const waiting = (await dueMails(1_000)).find((mail) => mail.id === id);
  if (!waiting) throw new Error("the mail does not wait");
  const prepared = await prepareMail(waiting, later(1), () => undefined);
  if (!("outgoing" in prepared)) throw new Error(`nothing to send: ${JSON.stringify(prepared)}`);
  const { from, ...said } = prepared.outgoing;
  const html = said.html.replace(/<style.*?<\/style>/s, "").replace(/ (?:style|class)="[^"]*"/g, "");
  // The address alone, and the site's own in its links: the form says that they show.
  const whole = JSON.stringify({ ...said, html, name: /^(.*)</.exec(from)?.[1] ?? "" });
  return whole.replace(/https?:\/\/[^/"]+/g, "");
}
const queued = (mail: NewMail) => db.$transaction((tx) => enqueueMail(tx, mail));

describe("a mailbox that wants discreet mails", () => {
  beforeAll(async () => {
    place = await openLetter();
  });

  it.each<SignatureMessage>(["signature-approved", "signature-standing", "signature-corrected"])(
    "is told of %s without letter, organiser or cause",
    async (message) => {
      const email = `${message}@discreet.test`;
      const seen = await waitingSignature(place.slug, individual({ email, discreet: true }));
      await approveSignature({ admin: await moderator(), seen, now: NOW, asExpert: false });
      // Which of two it is about is not said either.
      await waitingSignature(place.slug, organisation({ email }));
      const text = await written(await queued({ message, signatureId: seen.signatureId }));
      expect(text).toMatch(/\/m\/[0-9a-z]{25}/);
      expect(text.replaceAll(email, "")).not.toMatch(TELLING);
      expect(JSON.parse(text).name).toBe("");
      expect(text).not.toContain("replyTo");
    },
  );

  it("is told of what is gone by the mail itself, and asked to look soon at what it may have to stop", async () => {
    const of = (name: string) =>
      individual({ email: `${name}@discreet.test`, discreet: true, visibility: "WITHHELD" });
    const seen = await waitingSignature(place.slug, of("gone"));
    const id = seen.signatureId;
    await approveSignature({ admin: await moderator(), seen, now: NOW, asExpert: false });
    const own = { id, token: await manageLinkTo(id), now: NOW };
    const newest = async (message: string) => {
      const mail = await db.mail.findFirstOrThrow({ where: { message }, orderBy: { id: "desc" } });
      const text = await written(mail.id);
      expect(text.replaceAll(/[a-z-]+@(?:discreet|moved)\.test/g, "")).not.toMatch(TELLING);
      return text;
    };
    await proposeShowing(own);
    expect(await newest("show-proposed")).toContain("Please look within 24 hours.");
    await waitingSignature(place.slug, organisation({ email: "gone@discreet.test" }));
    await askToMove({ ...own, email: "other@moved.test" });
    const asked = await newest("address-asked");
    expect(asked).toContain(`/m/${await moveToken(id, "address-asked")}`);
    expect(asked).toContain("If it wasn’t you, stop it there.");
    // The new mailbox sent us nothing, and may be anybody's.
    const offered = await newest("address-confirm");
    expect(offered).toContain(`/m/${await moveToken(id, "address-confirm")}`);
    expect(offered).toContain("It wasn’t you? You don’t need to do anything.");
    await withdrawOwn(own);
    const gone = await newest("signature-withdrawn");
    expect(gone).toContain("was withdrawn. We have deleted your data.");
    expect(gone).not.toContain("read it");
  });

  it("confirms by a mail without them, by its strictest wish over all its entries and spellings", async () => {
    const sign = (email: string, name: string, discreet: boolean) =>
      signLetter({ slug: place.slug, locale: "en", input: individual({ email, name, discreet }), now: NOW });
    await sign("two@discreet.test", "First Entry", false);
    const mail = await db.mail.findFirstOrThrow({
      where: { mailboxHash: addressHash("two@discreet.test"), state: "WAITING" },
    });
    expect(await written(mail.id)).toMatch(TELLING);
    await db.mail.update({ where: { id: mail.id }, data: { rendered: null } });
    await sign("Two+x@discreet.test", "Second Entry", true);
    const text = await written(mail.id);
    expect(text.replaceAll("two@discreet.test", "")).not.toMatch(TELLING);
    expect(text).toContain("Please check and confirm");
  });

  it("gets stricter by a repeat that wishes so, and never the other way", async () => {
    const input = individual({ email: "again@discreet.test" });
    const { signatureId } = await waitingSignature(place.slug, input);
    const wish = async (discreet: boolean) => {
      await signLetter({ slug: place.slug, locale: "en", input: { ...input, discreet }, now: NOW });
      return (await db.signature.findUniqueOrThrow({ where: { id: signatureId } })).discreet;
    };
    expect(await wish(false)).toBe(false);
    expect(await wish(true)).toBe(true);
    expect(await wish(false)).toBe(true);
  });

  it("is asked about a new text without a word of it", async () => {
    const { id, slug } = await openLetter();
    const { signatureId } = await waitingSignature(
      slug,
      individual({ email: "text@discreet.test", discreet: true }),
    );
    const admin = await moderator("owner@discreet.test", "OWNER");
    const { revision, text } = await draftView(admin, id, "en");
    const changed = {
      ...text,
      body: "Something else altogether, in many more words than there were before.",
    };
    await saveDraft(byAdmin(admin, NOW), slug, { locale: "en", text: changed, revision });
    await publishVersion(byAdmin(admin, later(1)), slug, {
      reason: "More is known.",
      answerBy: later(40 * 24 * 60),
      confirmed: true,
    });
    const mail = await written(await queued({ message: "text-confirm", signatureId }));
    expect(mail).toContain("Please answer by");
    expect(mail).not.toMatch(/altogether|More is known/);
    expect(mail.replaceAll("text@discreet.test", "")).not.toMatch(TELLING);
  });
});
