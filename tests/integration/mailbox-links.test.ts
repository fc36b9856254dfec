import { describe, expect, it } from "vitest";
import { MAIL_LIMITS } from "@/lib/abuse/limits/limits";
import { bySystem } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { createToken, hashToken } from "@/lib/encryption/tokens";
import { unpublishLetter } from "@/lib/letters/unpublish-letter";
import { isLinkKnown } from "@/lib/signatures/behind-token";
import { addressHash } from "@/lib/signatures/claim";
import { confirmSignature } from "@/lib/signatures/confirm-signature";
import { forgetOldConfirmationLinks } from "@/lib/signatures/confirmation-link";
import { deleteEntry } from "@/lib/signatures/delete-entry";
import { expireSignatures } from "@/lib/signatures/expire-signatures";
import { domainKeyOf } from "@/lib/signatures/mail-allowance";
import { behindLink } from "@/lib/signatures/queries";
import { releaseHeldMails } from "@/lib/signatures/release-held-mails";
import { requestNewLink } from "@/lib/signatures/request-new-link";
import type { SignatureInput } from "@/lib/signatures/schemas";
import { signLetter } from "@/lib/signatures/sign-letter";
import { withdrawSignature } from "@/lib/signatures/withdraw-signature";
import { withdrawSignatures } from "@/lib/signatures/withdraw-signatures";
import { individual, later, openLetter, organisation } from "../support/letters";
import { heldMails, queuedMails, queuedToken } from "../support/queued-mails";
import { solvedProofOfWork } from "../support/solved-proof-of-work";

const DAY = 24 * 60;
const sign = (slug: string, input: SignatureInput, minutes = 0, more: object = {}) =>
  signLetter({ slug, locale: "en", input, now: later(minutes), ...more });
const release = (minutes: number) => releaseHeldMails({ now: later(minutes) });

let count = 0;
const mailbox = () => `shared${++count}@box${count}.example`;

/** The entries of a letter, oldest first. */
const entriesOf = (letterId: string) =>
  db.signature.findMany({ where: { letterId }, orderBy: [{ submittedAt: "asc" }, { id: "asc" }] });
/** What a link shows. */
async function shown(token: string, minutes: number) {
  const behind = await behindLink(db, token, later(minutes));
  return behind.state === "open" ? behind.entries : [];
}
const names = (entries: { signatory: { name: string } }[]) => entries.map(({ signatory }) => signatory.name);

describe("a link", () => {
  it("lists everything that waits in its mailbox, for every letter, with the time it came", async () => {
    const [one, other] = [await openLetter(), await openLetter()];
    const email = mailbox();
    await sign(one.slug, organisation({ email, name: "Example One" }));
    await sign(one.slug, organisation({ email, name: "Example Two" }), 1);
    await sign(other.slug, organisation({ email, name: "Example One" }), 2);
    const [first] = await entriesOf(one.id);
    const entries = await shown(await queuedToken(first?.id ?? ""), 3);
    expect(entries.map(({ slug, submittedAt }) => [slug, submittedAt])).toEqual([
      [one.slug, later(0)],
      [one.slug, later(1)],
      [other.slug, later(2)],
    ]);
  });

  it("covers what came before it and up to a day after, and nothing newer than its first confirmation", async () => {
    const letter = await openLetter();
    const email = mailbox();
    await sign(letter.slug, organisation({ email, name: "First" }));
    const [first] = await entriesOf(letter.id);
    const token = await queuedToken(first?.id ?? "");
    await sign(letter.slug, organisation({ email, name: "Within a day" }), DAY);
    await sign(letter.slug, organisation({ email, name: "Later" }), DAY + 1);
    expect(names(await shown(token, DAY + 2))).toEqual(["First", "Within a day"]);
    await confirmSignature({ id: first?.id ?? "", token, revision: 1, now: later(60) });
    expect(names(await shown(token, DAY + 2))).toEqual([]);
    const [, planted] = await entriesOf(letter.id);
    await expect(
      confirmSignature({ id: planted?.id ?? "", token, revision: 1, now: later(DAY + 2) }),
    ).rejects.toMatchObject({ code: "not-found" });
  });

  it("confirms nothing of another mailbox, and nothing that is not named", async () => {
    const letter = await openLetter();
    await sign(letter.slug, individual({ email: mailbox() }));
    await sign(letter.slug, individual({ email: mailbox() }));
    const [mine, other] = await entriesOf(letter.id);
    const token = await queuedToken(mine?.id ?? "");
    for (const act of [
      () => confirmSignature({ id: other?.id ?? "", token, revision: 1, now: later(1) }),
      () => deleteEntry({ id: other?.id ?? "", token, now: later(1) }),
    ])
      await expect(act()).rejects.toMatchObject({ code: "not-found" });
    expect((await entriesOf(letter.id)).map(({ state }) => state)).toEqual(["PENDING", "PENDING"]);
  });

  it("deletes what its holder did not enter, and the person behind it", async () => {
    const letter = await openLetter();
    const email = mailbox();
    await sign(letter.slug, individual({ email, name: "Wrong Name" }));
    await sign(letter.slug, individual({ email, name: "Right Name" }), 1);
    const [wrong, right] = await entriesOf(letter.id);
    const token = await queuedToken(wrong?.id ?? "");
    await deleteEntry({ id: wrong?.id ?? "", token, now: later(2) });
    expect(await db.signatureKey.count({ where: { signatureId: wrong?.id } })).toBe(0);
    expect(names(await shown(token, 3))).toEqual(["Right Name"]);
    // Nobody has signed, so nobody has withdrawn.
    expect(await db.letterStatistic.count({ where: { letterId: letter.id, what: "withdrawn" } })).toBe(0);
    await confirmSignature({ id: right?.id ?? "", token, revision: 1, now: later(3) });
    await expect(deleteEntry({ id: right?.id ?? "", token, now: later(4) })).rejects.toMatchObject({
      code: "conflict",
    });
    // A second click finds it gone, which is no reason to say that somebody has confirmed it.
    await expect(deleteEntry({ id: wrong?.id ?? "", token, now: later(4) })).rejects.toMatchObject({
      code: "not-found",
    });
  });

  it("belongs to a spelling where its provider documents nothing, and to all spellings where it does", async () => {
    const letter = await openLetter();
    const plain = mailbox();
    for (const [place, email] of [plain, plain.replace("@", "+x@")].entries())
      await sign(letter.slug, individual({ email, name: `Ada ${place}` }));
    const [mine, other] = await entriesOf(letter.id);
    expect(names(await shown(await queuedToken(mine?.id ?? ""), 1))).toEqual(["Ada 0"]);
    expect(names(await shown(await queuedToken(other?.id ?? ""), 1))).toEqual(["Ada 1"]);
    const gmail = await openLetter();
    for (const [place, email] of ["a.da.x@gmail.com", "adax+y@googlemail.com"].entries())
      await sign(gmail.slug, individual({ email, name: `Ada ${place}` }));
    const [first] = await entriesOf(gmail.id);
    expect(names(await shown(await queuedToken(first?.id ?? ""), 1))).toEqual(["Ada 0", "Ada 1"]);
  });

  it("ticks a public entry only if nothing else waits, and a hidden one if it is the only hidden one", async () => {
    const ticked = async (inputs: ("PUBLIC" | "WITHHELD")[]) => {
      const letter = await openLetter();
      const email = mailbox();
      for (const [place, visibility] of inputs.entries())
        await sign(letter.slug, individual({ email, visibility, name: `Ada ${place}` }), place);
      const [first] = await entriesOf(letter.id);
      return (await shown(await queuedToken(first?.id ?? ""), 10)).map((entry) => entry.ticked);
    };
    expect(await ticked(["PUBLIC"])).toEqual([true]);
    expect(await ticked(["WITHHELD"])).toEqual([true]);
    expect(await ticked(["PUBLIC", "PUBLIC"])).toEqual([false, false]);
    expect(await ticked(["PUBLIC", "WITHHELD"])).toEqual([false, true]);
    expect(await ticked(["WITHHELD", "WITHHELD"])).toEqual([false, false]);
  });

  it("ticks nothing once its holder has confirmed what was theirs", async () => {
    const letter = await openLetter();
    const email = mailbox();
    await sign(letter.slug, individual({ email, visibility: "WITHHELD" }));
    await sign(letter.slug, individual({ email, visibility: "PUBLIC", name: "Planted" }), 1);
    const [mine] = await entriesOf(letter.id);
    const token = await queuedToken(mine?.id ?? "");
    await confirmSignature({ id: mine?.id ?? "", token, revision: 1, now: later(2) });
    expect((await shown(token, 3)).map(({ ticked }) => ticked)).toEqual([false]);
  });

  it("shows what was signed of a letter that was taken down, to delete and not to confirm", async () => {
    const [down, open] = [await openLetter(), await openLetter()];
    const email = mailbox();
    for (const { slug } of [down, open]) await sign(slug, individual({ email, visibility: "WITHHELD" }));
    await unpublishLetter(bySystem(later(1)), down.slug, null);
    const [[entry], [other]] = [await entriesOf(down.id), await entriesOf(open.id)];
    const id = entry?.id ?? "";
    const token = await queuedToken(id);
    expect((await shown(token, 2)).map(({ obstacle, ticked }) => [obstacle, ticked])).toEqual([
      ["taken-down", false],
      [null, true],
    ]);
    await expect(confirmSignature({ id, token, revision: 1, now: later(2) })).rejects.toMatchObject({
      code: "taken-down",
    });
    await confirmSignature({ id: other?.id ?? "", token, revision: 1, now: later(2) });
    await deleteEntry({ id, token, now: later(3) });
    expect(await shown(token, 4)).toEqual([]);
    expect((await entriesOf(down.id)).map(({ state }) => state)).toEqual(["WITHDRAWN"]);
  });

  it.each([[["Ada One", "Ben Two"]], [["Ben Two", "Ada One"]]])(
    "lets two people of one mailbox sign, in any order, and no third",
    async (order) => {
      const letter = await openLetter();
      const email = mailbox();
      for (const name of [...order, "Cleo Three"]) await sign(letter.slug, individual({ email, name }));
      const entries = await entriesOf(letter.id);
      const token = await queuedToken(entries[0]?.id ?? "");
      const confirm = (place: number) =>
        confirmSignature({ id: entries[place]?.id ?? "", token, revision: 1, now: later(1) });
      await confirm(0);
      await confirm(1);
      await expect(confirm(2)).rejects.toMatchObject({ code: "already-signed" });
      expect((await shown(token, 2)).map(({ obstacle }) => obstacle)).toEqual(["taken"]);
    },
  );
});

describe("mails to a mailbox", () => {
  it("wait one at most, however many submissions, and one answers all of them", async () => {
    const letter = await openLetter();
    const email = mailbox();
    for (const name of ["One", "Two", "Three", "Four", "Five"])
      await sign(letter.slug, organisation({ email, name: `Example ${name}` }));
    const entries = await entriesOf(letter.id);
    expect([(await queuedMails(entries[0]?.id)).length, await heldMails(letter.id)]).toEqual([1, 1]);
    const token = await queuedToken(entries[0]?.id ?? "");
    expect(await shown(token, 1)).toHaveLength(5);
    for (const { id } of entries) await confirmSignature({ id, token, revision: 1, now: later(2) });
    // What was held has nothing to say any more.
    await release(10);
    expect([(await queuedMails(entries[0]?.id)).length, await heldMails(letter.id)]).toEqual([1, 0]);
  });

  it("prefer the plain spelling where several wait", async () => {
    const letter = await openLetter();
    const plain = mailbox();
    await sign(letter.slug, individual({ email: plain, name: "First" }));
    for (const [place, spelling] of [plain.replace("@", "+a@"), plain.replace("@", "+b@"), plain].entries())
      await sign(letter.slug, individual({ email: spelling, name: `Ada ${place}` }), 1 + place);
    expect(await heldMails(letter.id)).toBe(1);
    await release(10);
    const [first, ...aliases] = await entriesOf(letter.id);
    expect((await queuedMails(first?.id)).map(({ mailboxHash }) => mailboxHash)).toEqual([
      addressHash(plain),
      addressHash(plain),
    ]);
    for (const { id, mailboxHash } of aliases)
      if (mailboxHash !== addressHash(plain)) expect(await queuedMails(id)).toEqual([]);
    // The others' own follow.
    expect(await heldMails(letter.id)).toBe(1);
  });

  it.each(["a stranger's spelling", "how a confirmed signature stands"])(
    "come to an entry that no link shows, though the mailbox had one while %s waited for its own",
    async (other) => {
      const letter = await openLetter();
      const email = mailbox();
      const mine = individual({ email, name: "First" });
      await sign(letter.slug, mine);
      const [first] = await entriesOf(letter.id);
      const id = first?.id ?? "";
      const planted = other === "a stranger's spelling";
      if (!planted) await confirmSignature({ id, token: await queuedToken(id), revision: 1, now: later(1) });
      await sign(letter.slug, planted ? individual({ email: email.replace("@", "+a@") }) : mine, 3);
      await sign(letter.slug, individual({ email, name: "Second" }), 4);
      await release(10);
      // The mailbox has had its second link, and the other mail is still held.
      expect([(await queuedMails(id)).length, await heldMails(letter.id)]).toEqual([2, 1]);
      const second = (await entriesOf(letter.id)).find(({ submittedAt }) => +submittedAt === +later(4));
      const token = await queuedToken(second?.id ?? "");
      await confirmSignature({ id: second?.id ?? "", token, revision: 1, now: later(11) });
      await sign(letter.slug, organisation({ email }), 12);
      await release(DAY + 10);
      expect((await queuedMails(id)).map(({ message }) => message)).toEqual(
        Array(3).fill("confirm-signature"),
      );
      expect(await heldMails(letter.id)).toBe(1);
    },
  );

  it("are two a day, and the third is for who brings a proof of work from a network that spent none", async () => {
    const letter = await openLetter();
    const email = mailbox();
    const stranger = { network: "192.0.2.66" };
    for (const place of [0, 1, 2, 3])
      await sign(letter.slug, organisation({ email, name: `Invented ${place}` }), 11 * place, stranger);
    const invented = await entriesOf(letter.id);
    expect(await queuedMails(invented[0]?.id)).toHaveLength(2);
    // The stranger's own proof opens nothing.
    await sign(letter.slug, organisation({ email, name: "Invented 4" }), 50, {
      ...stranger,
      proofOfWork: await solvedProofOfWork(),
    });
    expect(await queuedMails(invented[0]?.id)).toHaveLength(2);
    await sign(letter.slug, individual({ email, name: "Its Owner" }), 60, {
      network: "198.51.100.7",
      proofOfWork: await solvedProofOfWork(),
    });
    expect(await queuedMails(invented[0]?.id)).toHaveLength(3);
    await release(70);
    expect(await queuedMails(invented[0]?.id)).toHaveLength(3);
  });

  it("that wait open the reserve as soon as their owner brings a proof of work", async () => {
    const letter = await openLetter();
    const email = mailbox();
    for (const place of [0, 1])
      await sign(letter.slug, organisation({ email, name: `Invented ${place}` }), 11 * place, {
        network: "192.0.2.67",
      });
    await sign(letter.slug, individual({ email, name: "Its Owner" }), 15, {
      network: "198.51.100.8",
      proofOfWork: await solvedProofOfWork(),
    });
    expect(await heldMails(letter.id)).toBe(1);
    await release(20);
    expect(await heldMails(letter.id)).toBe(1);
    await release(21);
    expect(await heldMails(letter.id)).toBe(0);
  });

  it("leave by themselves when the day is over, without asking again", async () => {
    const letter = await openLetter();
    const email = mailbox();
    for (const place of [0, 1, 2])
      await sign(letter.slug, organisation({ email, name: `Example ${place}` }), 11 * place);
    await requestNewLink({ email, now: later(40) });
    expect(await heldMails(letter.id)).toBe(1);
    await release(DAY - 1);
    expect(await heldMails(letter.id)).toBe(1);
    await release(DAY);
    expect(await heldMails(letter.id)).toBe(0);
  });

  it("of a domain are shared by network: strangers leave its members their part of the day", async () => {
    const { count } = MAIL_LIMITS.domain;
    const letter = await openLetter();
    const domain = "campus.example";
    const key = domainKeyOf(`a@${domain}`, false) ?? "";
    await db.addressMail.create({ data: { addressHash: key, sentAt: Array(count / 2).fill(later(0)) } });
    const part = Math.floor(count / 20);
    for (let place = 0; place < part + 2; place++) {
      await db.rateLimit.deleteMany();
      await sign(letter.slug, individual({ email: `s${place}@${domain}` }), 1, { network: "192.0.2.99" });
    }
    expect(await heldMails(letter.id)).toBe(2);
    await db.rateLimit.deleteMany();
    await sign(letter.slug, individual({ email: `member@${domain}` }), 2, { network: "198.51.100.9" });
    expect(await heldMails(letter.id)).toBe(2);
  });
});

it("forgets a mailbox with its last entry", async () => {
  const letter = await openLetter();
  const email = mailbox();
  for (const name of ["One", "Two"])
    await sign(letter.slug, organisation({ email, name: `Example ${name}` }));
  const hash = addressHash(email);
  const kept = () =>
    Promise.all([
      db.mailbox.count({ where: { hash } }),
      db.confirmationLink.count({ where: { mailboxHash: hash } }),
      db.mail.count({ where: { OR: [{ mailboxHash: hash }, { addressHash: hash }, { recipient: hash }] } }),
    ]);
  const [one] = await entriesOf(letter.id);
  const token = await queuedToken(one?.id ?? "");
  await deleteEntry({ id: one?.id ?? "", token, now: later(1) });
  expect(await kept()).toEqual([1, 1, 2]);
  await db.mail.updateMany({ where: { mailboxHash: hash }, data: { state: "SENT", recipient: hash } });
  await withdrawSignatures({ email, now: later(2) });
  expect(await kept()).toEqual([0, 0, 0]);
});

describe("an old link", () => {
  const PENDING_DAYS = 14;
  /** A confirmed signature and the link that confirmed it. */
  async function confirmed(email: string) {
    const letter = await openLetter();
    await sign(letter.slug, individual({ email }));
    const [entry] = await entriesOf(letter.id);
    const token = await queuedToken(entry?.id ?? "");
    await confirmSignature({ id: entry?.id ?? "", token, revision: 1, now: later(1) });
    return { letter, token, id: entry?.id ?? "" };
  }
  const state = async (token: string, minutes: number) => (await behindLink(db, token, later(minutes))).state;

  it("says at any age that its signature was withdrawn, and nothing that was kept leads to the person", async () => {
    const email = mailbox();
    const { token } = await confirmed(email);
    const unused = await confirmed(mailbox());
    await forgetOldConfirmationLinks(later(90 * DAY), 100);
    expect(await state(token, 90 * DAY)).toBe("expired");
    await withdrawSignatures({ email, now: later(90 * DAY) });
    expect(await state(token, 90 * DAY + 1)).toBe("withdrawn");
    expect(await state(token, 900 * DAY)).toBe("withdrawn");
    expect(await isLinkKnown(token)).toBe(true);
    expect(await state(unused.token, 90 * DAY)).toBe("expired");
    const columns = await db.$queryRaw<{ name: string }[]>`
      SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'withdrawn_link' ORDER BY 1`;
    // The second one is that of a line which the list shows anyway.
    expect(columns).toEqual([{ name: "hash" }, { name: "note_id" }]);
    expect(await db.withdrawnLink.count({ where: { noteId: { not: null } } })).toBe(0);
    const rows = await db.withdrawnLink.findMany();
    for (const told of [token, hashToken(token), addressHash(email)])
      expect(JSON.stringify(rows)).not.toContain(told);
  });

  it("says so too where something newer of its mailbox is left, and not where it still shows something", async () => {
    const email = mailbox();
    const first = await confirmed(email);
    const second = await openLetter();
    await sign(second.slug, individual({ email }), 3 * DAY);
    const [newer] = await entriesOf(second.id);
    const link = await queuedToken(newer?.id ?? "");
    await db.$transaction((tx) =>
      withdrawSignature(tx, first.id, "signature.withdraw", bySystem(later(3 * DAY + 1))),
    );
    expect(await state(first.token, 3 * DAY + 2)).toBe("withdrawn");
    expect(await state(link, 3 * DAY + 2)).toBe("open");
  });

  it("is forgotten where it confirmed nothing, once its entries have expired", async () => {
    const letter = await openLetter();
    await sign(letter.slug, individual({ email: mailbox() }));
    const [entry] = await entriesOf(letter.id);
    const token = await queuedToken(entry?.id ?? "");
    // Those of the tests before would be erased too, one after the other.
    const others = { letterId: { not: letter.id }, state: "PENDING" as const };
    await db.signature.updateMany({ where: others, data: { expiresAt: later(100 * DAY) } });
    await expireSignatures({ now: later((PENDING_DAYS + 1) * DAY), most: 1_000 });
    expect(await state(token, (PENDING_DAYS + 1) * DAY)).toBe("unknown");
    expect(await isLinkKnown(token)).toBe(false);
  });

  it("looks up many links together, each as its own", async () => {
    const letter = await openLetter();
    await sign(letter.slug, individual({ email: mailbox() }));
    const [entry] = await entriesOf(letter.id);
    const token = await queuedToken(entry?.id ?? "");
    const strangers = Array.from({ length: 200 }, () => createToken().token);
    const asked = [...strangers, token, ...strangers, token];
    const known = await Promise.all(asked.map(isLinkKnown));
    expect(asked.filter((_, place) => known[place])).toEqual([token, token]);
  });
});
