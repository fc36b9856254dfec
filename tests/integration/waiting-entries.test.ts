import { describe, expect, it } from "vitest";
import { byAdmin } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { draftView } from "@/lib/letters/organiser-queries";
import { publishVersion } from "@/lib/letters/publish-version";
import { saveDraft } from "@/lib/letters/save-draft";
import { unpublishLetter } from "@/lib/letters/unpublish-letter";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { correctSignature } from "@/lib/moderation/correct-signature";
import { usualDecisionMs } from "@/lib/moderation/decision-time";
import { readPublicList } from "@/lib/signatories/public-list";
import { reindexList } from "@/lib/signatories/reindex-list";
import { confirmSignature } from "@/lib/signatures/confirm-signature";
import { editEntry } from "@/lib/signatures/edit-entry";
import { leadOn } from "@/lib/signatures/own/lead-on";
import { behindManageLink } from "@/lib/signatures/own/own-signatures";
import { behindLink } from "@/lib/signatures/queries";
import type { SignatureInput } from "@/lib/signatures/schemas";
import { NewerVersionError, signLetter } from "@/lib/signatures/sign-letter";
import { individual, later, NOW, openLetter, organisation } from "../support/letters";
import { moderator, seeNow, waitingSignature } from "../support/moderators";
import { queuedToken } from "../support/queued-mails";

let count = 0;
const mailbox = () => `entry${++count}@entries${count}.example`;
const owner = () => moderator("owner@entries.example", "OWNER");

async function entriesOf(token: string, minutes = 5) {
  const behind = await behindLink(db, token, later(minutes));
  return behind.state === "open" ? behind.entries : [];
}

/** Signs once or more from one mailbox. @returns its link, and what waits */
async function waiting(slug: string, ...inputs: SignatureInput[]) {
  for (const [minute, input] of inputs.entries())
    await signLetter({ slug, locale: "en", input, now: later(minute) });
  const letter = { slug };
  const first = await db.signature.findFirst({ where: { letter }, orderBy: { id: "desc" } });
  const token = await queuedToken(first?.id ?? "");
  return { token, entries: await entriesOf(token) };
}

describe("an entry that waits", () => {
  it("is edited by who holds its link, and confirmed as it is then", async () => {
    const { slug, id: letterId } = await openLetter();
    const email = mailbox();
    const { token, entries } = await waiting(slug, individual({ email, name: "Ada Exampelton" }));
    const [{ id = "", revision = 0 } = {}] = entries;
    const input = individual({
      name: "Ada Exampleton",
      country: "FR",
      visibility: "WITHHELD",
      comment: "Hello",
    });
    await editEntry({ token, id, revision, input, now: later(6) });
    const [edited] = await entriesOf(token);
    expect(edited).toMatchObject({
      ...{ email, country: "FR", visibility: "WITHHELD", comment: "Hello", revision: revision + 1 },
      signatory: { name: "Ada Exampleton" },
    });
    // What another window showed is confirmed and edited by nobody.
    const stale = { token, id, revision, now: later(7) };
    await expect(confirmSignature(stale)).rejects.toMatchObject({ code: "conflict" });
    await expect(editEntry({ ...stale, input })).rejects.toMatchObject({ code: "conflict" });
    await confirmSignature({ ...stale, revision: revision + 1 });
    await expect(editEntry({ ...stale, revision: revision + 1, input })).rejects.toMatchObject({
      code: "conflict",
    });
    const actions = await db.auditEntry.findMany({ where: { letterId, signatureId: id } });
    const edits = actions.filter(({ action }) => action === "signature.edit");
    expect(edits).toHaveLength(1);
    expect(JSON.stringify(edits)).not.toMatch(/Ada|Hello/);
  });

  it("is edited by nobody else, not into another kind, and not once its letter is taken down", async () => {
    const { slug } = await openLetter();
    const mine = await waiting(slug, organisation({ email: mailbox(), name: "Example Trust" }));
    const other = await waiting(slug, organisation({ email: mailbox(), name: "Other Trust" }));
    const [{ id = "", revision = 0 } = {}] = mine.entries;
    const input = organisation({ name: "Example Trust Ltd" });
    const edit = { token: mine.token, id, revision, input, now: later(6) };
    await expect(editEntry({ ...edit, token: other.token })).rejects.toMatchObject({ code: "not-found" });
    await expect(editEntry({ ...edit, now: later(8 * 24 * 60) })).rejects.toMatchObject({
      code: "not-found",
    });
    await expect(editEntry({ ...edit, input: individual() })).rejects.toMatchObject({ code: "conflict" });
    await unpublishLetter(byAdmin(await owner(), later(6)), slug, "");
    await expect(editEntry(edit)).rejects.toMatchObject({ code: "taken-down" });
    expect((await entriesOf(mine.token))[0]?.signatory.name).toBe("Example Trust");
  });

  it("is not made the same as another one", async () => {
    const { slug } = await openLetter();
    const email = mailbox();
    const two = ["Ada One", "Ben Two"].map((name) => individual({ email, name }));
    const { token, entries } = await waiting(slug, ...two);
    const [first, second] = entries;
    const input = individual({ name: "Ada One" });
    const edit = { token, id: second?.id ?? "", revision: second?.revision ?? 0, input, now: later(6) };
    await expect(editEntry(edit)).rejects.toMatchObject({ code: "already-signed" });
    expect((await entriesOf(token)).map(({ signatory }) => signatory.name)).toEqual(["Ada One", "Ben Two"]);
    expect(first?.alike).toBeNull();
  });

  it("is known for a slip by its correction, which is said of both", async () => {
    const { slug } = await openLetter();
    const email = mailbox();
    const names = ["Exampel Trust", "Example Trust", "Something Else"];
    const { entries } = await waiting(slug, ...names.map((name) => organisation({ email, name })));
    expect(entries.map(({ alike }) => alike)).toEqual([
      { as: "slip", name: "Example Trust" },
      { as: "correction", name: "Exampel Trust" },
      null,
    ]);
  });
});

describe("an entry from before a change of the text", () => {
  const filler =
    "We have written to you before and will write to you again until there is an answer. ".repeat(30);
  async function published(slug: string, id: string, body: string, minute: number) {
    const context = byAdmin(await owner(), later(minute));
    const { revision, text } = await draftView(await owner(), id, "en");
    await saveDraft(context, slug, { locale: "en", text: { ...text, body }, revision });
    const answerBy = later(minute + 30 * 24 * 60);
    await publishVersion(context, slug, { reason: "More is known.", answerBy, confirmed: true });
  }

  it("is confirmed for the newest, which its holder has seen, where that changed much", async () => {
    const { slug, id: letterId } = await openLetter();
    await db.letterText.updateMany({
      where: { version: { letterId } },
      data: { body: `Release the 5. ${filler}` },
    });
    const { token, entries } = await waiting(slug, individual({ email: mailbox() }));
    const [{ id = "", revision = 0 } = {}] = entries;
    await published(slug, letterId, `Release the 50 who are held. ${filler}`, 10);
    const confirmation = { token, id, revision, now: later(20) };
    await expect(confirmSignature(confirmation)).rejects.toThrow(NewerVersionError);
    await expect(confirmSignature({ ...confirmation, version: 1 })).rejects.toThrow(NewerVersionError);
    await confirmSignature({ ...confirmation, version: 2 });
    const confirmed = await db.signature.findUnique({
      where: { id },
      select: { version: true, state: true },
    });
    expect(confirmed).toMatchObject({ state: "VERIFIED", version: { number: 2 } });
  });

  it("is confirmed as it was entered where that changed little", async () => {
    const { slug, id: letterId } = await openLetter();
    await db.letterText.updateMany({ where: { version: { letterId } }, data: { body: filler } });
    const { token, entries } = await waiting(slug, individual({ email: mailbox() }));
    const [{ id = "", revision = 0 } = {}] = entries;
    await published(slug, letterId, filler.replace("written", "spoken"), 10);
    await confirmSignature({ token, id, revision, now: later(20) });
    const confirmed = await db.signature.findUnique({ where: { id }, select: { version: true } });
    expect(confirmed?.version.number).toBe(1);
  });
});

describe("a confirmation link", () => {
  it("leads to the signature for an hour, and to nobody else's", async () => {
    const { slug } = await openLetter();
    const mine = await waiting(slug, individual({ email: mailbox() }));
    const other = await waiting(slug, individual({ email: mailbox(), name: "Ben Other" }));
    const [{ id = "", revision = 0 } = {}] = mine.entries;
    const { token } = mine;
    await expect(leadOn({ token, id, now: later(6) })).rejects.toMatchObject({ code: "not-found" });
    await confirmSignature({ token, id, revision, now: later(6) });
    const behind = await behindManageLink(await leadOn({ token, id, now: later(10) }), "en", later(10));
    expect(behind).toMatchObject({ state: "open", signatures: [{ state: "VERIFIED" }] });
    await expect(leadOn({ token: other.token, id, now: later(10) })).rejects.toMatchObject({
      code: "not-found",
    });
    await expect(leadOn({ token, id, now: later(67) })).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("the usual time to a decision", () => {
  it("is the median of a letter's decisions, and none of few", async () => {
    const { slug, id } = await openLetter();
    for (const [place, hours] of [1, 2, 3, 4, 100].entries()) {
      expect(await usualDecisionMs(db, id)).toBeNull();
      const input = individual({ email: mailbox(), name: `Ada ${place}` });
      await signLetter({ slug, locale: "en", input, now: NOW });
      await db.signature.updateMany({
        where: { letterId: id, state: "PENDING" },
        data: { state: "APPROVED", verifiedAt: later(-60 * hours), decidedAt: NOW },
      });
    }
    expect(await usualDecisionMs(db, id)).toBe(3 * 3_600_000);
  });
});

describe("the list", () => {
  it("is sorted by what signatories gave for it, before and after it is indexed anew", async () => {
    const { slug, id } = await openLetter();
    const names = async () => (await readPublicList(db, id, {}, {}, 9)).signatories.map(({ name }) => name);
    const sign = async (name: string, sortName?: string) => {
      const { signatory, ...rest } = individual({ email: mailbox(), name });
      const input = { ...rest, signatory: { ...signatory, ...(sortName && { sortName }) } };
      const seen = await waitingSignature(slug, input);
      await approveSignature({ admin: await moderator(), seen, now: NOW, asExpert: false });
      return seen.signatureId;
    };
    await sign("Ben Middle");
    const zoe = await sign("Ada Zuse", "Zuse, Ada");
    await sign("Zoë Auster", "Auster, Zoë");
    const sorted = ["Zoë Auster", "Ben Middle", "Ada Zuse"];
    expect(await names()).toEqual(sorted);
    await reindexList(process.env.DATABASE_URL ?? "");
    expect(await names()).toEqual(sorted);
    const correction = { kind: "INDIVIDUAL" as const, country: "GB", fields: { sortName: undefined } };
    await correctSignature({ admin: await moderator(), seen: await seeNow(zoe), now: NOW, correction });
    expect(await names()).toEqual(["Ada Zuse", "Zoë Auster", "Ben Middle"]);
  });
});
