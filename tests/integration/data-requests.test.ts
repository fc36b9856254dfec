import { describe, expect, it } from "vitest";
import { recount } from "@/lib/counts/recount";
import { db } from "@/lib/db/client";
import { suppress, suppressionOf } from "@/lib/mail/suppress-address";
import { addBlock } from "@/lib/moderation/blocklist/add-block";
import { removeBlock } from "@/lib/moderation/blocklist/remove-block";
import { keepObjected } from "@/lib/objections/decide-objection";
import { objectTo } from "@/lib/objections/object";
import { objectedEntries } from "@/lib/objections/queries";
import {
  eraseObjection,
  erasePerson,
  eraseSuppressions,
  exportPerson,
  findPerson,
  isAnythingLeft,
  personData,
} from "@/lib/retention/requests/data-request";
import { spellingHash } from "@/lib/signatures/claim";
import { ownData, ownFile } from "@/lib/signatures/own/own-data";
import { signLetter } from "@/lib/signatures/sign-letter";
import { approvedRows } from "../support/approved-rows";
import { individual, NOW, openLetter, organisation } from "../support/letters";
import { logged } from "../support/logged";
import { manageLinkTo } from "../support/manage-link";
import { moderator, waitingSignature } from "../support/moderators";

const owner = () => moderator("owner@requests.example", "OWNER");
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const asking = async () => ({ admin: await owner(), confirmed: true, now: NOW });

/** Begins a request about an address. */
async function begun(email: string) {
  const who = await asking();
  const request = await findPerson({ ...who, email });
  if (!request) throw new Error("nothing is stored");
  return { ...who, request };
}

/** Somebody with two confirmed signatures of two letters and one that waits for its mailbox. */
async function person(email: string) {
  const [one, other] = [await openLetter(), await openLetter()];
  const { signatureId: first } = await waitingSignature(one.slug, individual({ email, comment: "Mine." }));
  const { signatureId: second } = await waitingSignature(other.slug, organisation({ email }));
  const input = individual({ email, name: "Not Confirmed" });
  await signLetter({ slug: other.slug, locale: "en", input, now: NOW });
  const pending = await db.signature.findFirstOrThrow({ where: { letterId: other.id, state: "PENDING" } });
  return { first, second, pending: pending.id };
}

const stateOf = async (id: string) =>
  (await db.signature.findUniqueOrThrow({ where: { id }, select: { state: true } })).state;
const audit = () =>
  db.auditEntry.findMany({ where: { action: { startsWith: "data." } }, orderBy: { id: "asc" } });

describe("a request about somebody's data", () => {
  it("is for owners who have just confirmed that it is them, and for the one who began it, for a while", async () => {
    const email = "ada@requests.example";
    const { first } = await person(email);
    const { admin, request } = await begun(email);
    for (const role of ["READER", "MODERATOR", "EDITOR"] as const) {
      const other = await moderator(`${role.toLowerCase()}@requests.example`, role);
      const asked = { admin: other, confirmed: true, now: NOW, request };
      const refused = { code: "forbidden" };
      await expect(findPerson({ ...asked, email })).rejects.toMatchObject(refused);
      await expect(personData(asked, "en")).rejects.toMatchObject(refused);
      await expect(exportPerson(asked, "en")).rejects.toMatchObject(refused);
      await expect(erasePerson(asked)).rejects.toMatchObject(refused);
    }
    const unconfirmed = { admin, confirmed: false, now: NOW, request };
    const colleague = await moderator("second@requests.example", "OWNER");
    for (const [asked, code] of [
      [unconfirmed, "not-confirmed"],
      [{ ...unconfirmed, confirmed: true, admin: colleague }, "stale"],
      [{ ...unconfirmed, confirmed: true, now: later(16) }, "stale"],
      [{ ...unconfirmed, confirmed: true, request: `${request.slice(0, -4)}AAAA` }, "stale"],
      [{ ...unconfirmed, confirmed: true, request: "x" }, "stale"],
    ] as const) {
      await expect(personData(asked, "en"), code).rejects.toMatchObject({ code });
      await expect(exportPerson(asked, "en"), code).rejects.toMatchObject({ code });
      await expect(erasePerson(asked), code).rejects.toMatchObject({ code });
    }
    await expect(findPerson({ ...unconfirmed, email })).rejects.toMatchObject({ code: "not-confirmed" });
    expect(await stateOf(first)).toBe("VERIFIED");
  });

  it("finds all letters by any spelling, exports what the signatory's own link gives, and nobody else's", async () => {
    const email = "ben.two@gmail.com";
    const { first, second, pending } = await person(email);
    await waitingSignature((await openLetter()).slug, individual({ email: "else@requests.example" }));
    const asked = await begun("BenTwo+news@gmail.com");
    expect((await personData(asked, "en")).signatures.map(({ id }) => id).toSorted()).toEqual(
      [first, second, pending].toSorted(),
    );
    const own = ownFile((await ownData(await manageLinkTo(first), "en", NOW)) ?? [], NOW);
    expect(own.signatures.length).toBe(2);
    const file = await exportPerson(asked, "en");
    expect(file.signatures).toEqual(expect.arrayContaining(own.signatures));
    expect(file.signatures.length).toBe(3);
    expect((await exportPerson({ ...asked, only: first }, "en")).signatures).toEqual([
      expect.objectContaining({ comment: "Mine.", email }),
    ]);
    expect(await findPerson({ ...(await asking()), email: "nobody@requests.example" })).toBeNull();
  });

  it("finds by the exact spelling alone what only the public record is left of", async () => {
    const email = "Old.Record@gmail.com";
    const { first, second, pending } = await person(email);
    // As it is after a letter has closed long ago.
    await db.signature.update({ where: { id: first }, data: { addressHash: null, address: null } });
    const found = async (spelling: string) =>
      (await personData(await begun(spelling), "en")).signatures.map(({ id }) => id).toSorted();
    expect(await found(email)).toEqual([first, second, pending].toSorted());
    expect(await found("oldrecord@gmail.com")).toEqual([second, pending].toSorted());
  });

  it("erases one, then the rest, tells the mailbox, and leaves what is another's", async () => {
    const email = "cy@requests.example";
    const { first, second, pending } = await person(email);
    const stranger = await waitingSignature(
      (await openLetter()).slug,
      individual({ email: "dee@requests.example" }),
    );
    const asked = await begun(email);
    const told = () => db.mail.count({ where: { message: "signature-withdrawn" } });
    const before = await told();
    await expect(erasePerson({ ...asked, only: stranger.signatureId })).rejects.toMatchObject({
      code: "not-found",
    });
    expect(await erasePerson({ ...asked, only: first })).toBe(1);
    expect([await stateOf(first), await stateOf(second)]).toEqual(["WITHDRAWN", "VERIFIED"]);
    expect(await erasePerson(asked)).toBe(2);
    expect(await erasePerson(asked), "a second click").toBe(0);
    // What was never confirmed is nobody's to be told of.
    expect(await told()).toBe(before + 2);
    for (const id of [first, second, pending]) {
      expect(await stateOf(id)).toBe("WITHDRAWN");
      expect(await db.signatureKey.count({ where: { signatureId: id } })).toBe(0);
    }
    expect(await isAnythingLeft(asked)).toBe(false);
    expect(await stateOf(stranger.signatureId)).toBe("VERIFIED");
    expect(await recount(false, NOW)).toEqual([]);
  });

  it("is written down by what was done and how often, and names nobody in name, log and audit", async () => {
    const email = "eve.known@requests.example";
    await person(email);
    const known = (await audit()).length;
    const names: string[] = [];
    const lines = await logged(async () => {
      const asked = await begun(email);
      names.push(asked.request, (await begun(email)).request);
      await exportPerson(asked, "en");
      await erasePerson(asked);
    });
    const written = (await audit()).slice(known);
    expect(written.map(({ action, details }) => [action, details])).toEqual([
      ["data.find", { signatures: 3, objections: 0, suppressions: 0, rules: 0 }],
      ["data.find", { signatures: 3, objections: 0, suppressions: 0, rules: 0 }],
      ["data.export", { signatures: 3, objections: 0, suppressions: 0, rules: 0 }],
      ["data.erase", { signatures: 3, objections: 0, suppressions: 0, rules: 0 }],
    ]);
    for (const entry of written)
      expect(entry).toMatchObject({ signatureId: null, letterId: null, encrypted: null });
    expect(new Set(names).size, "no name says that two requests are about one person").toBe(2);
    const hashes = Buffer.from(names.join(""), "base64url").toString("latin1");
    for (const personal of ["eve.known", "requests.example", "Exampleton", "Mine."])
      expect(lines + JSON.stringify(written) + names.join() + hashes).not.toContain(personal);
  });

  it("holds the objections that somebody made, and takes their words away but not the decision", async () => {
    const email = "fay@requests.example";
    const { id: letterId, slug } = await openLetter();
    const [kept, open, unconfirmed] = await objections(letterId, slug, email);
    const asked = await begun("FAY@requests.example");
    const told = (await personData(asked, "en")).objections;
    expect(told.map(({ id, state, comment }) => [id, state, comment])).toEqual([
      [kept, "KEPT", "Not me 0."],
      [open, "OPEN", "Not me 1."],
      [unconfirmed, "UNCONFIRMED", "Not me 2."],
    ]);
    expect((await exportPerson(asked, "en")).objections).toEqual(
      expect.arrayContaining([expect.objectContaining({ email, comment: "Not me 1.", name: "Entry 1" })]),
    );
    const stranger = await objections(letterId, slug, "gus@requests.example");
    await expect(eraseObjection(asked, stranger[0] ?? "")).rejects.toMatchObject({ code: "not-found" });
    await eraseObjection(asked, kept ?? "");
    expect((await personData(asked, "en")).objections.map(({ id }) => id)).toEqual([open, unconfirmed]);
    await erasePerson(asked);
    expect(await isAnythingLeft(asked)).toBe(false);
    const left = await db.objection.findMany({
      where: { id: { in: [kept, open, unconfirmed] as string[] } },
    });
    expect(left.map(({ state }) => state).sort(), "what follows from it stays").toEqual(["KEPT", "OPEN"]);
    for (const row of left)
      expect([row.contents, row.wrapped, row.addressHash, row.networkHash]).toEqual([null, null, null, null]);
    expect(await db.objection.count({ where: { id: { in: stranger }, contents: { not: null } } })).toBe(3);
    const admin = await moderator("decides@requests.example", "MODERATOR");
    expect((await objectedEntries(admin, "en", NOW)).find(({ id }) => id === open)).toMatchObject({
      written: [],
    });
    await keepObjected({ admin, id: open ?? "", now: NOW });
  });

  it("holds that emails were stopped, which only a press of its own takes away", async () => {
    const email = "hal@requests.example";
    expect(await findPerson({ ...(await asking()), email })).toBeNull();
    await db.$transaction((tx) => suppress(tx, spellingHash(email), "STOPPED", NOW));
    const asked = await begun(email);
    expect((await exportPerson(asked, "en")).emailsStopped).toEqual([{ reason: "STOPPED", at: NOW }]);
    await erasePerson(asked);
    expect(await suppressionOf(spellingHash(email)), "who is forgotten gets no emails again").not.toBeNull();
    await eraseSuppressions(asked);
    expect(await suppressionOf(spellingHash(email))).toBeNull();
    expect(await isAnythingLeft(asked)).toBe(false);
  });

  it("finds the blocklist's rule about the address in any spelling, and its reason, which stay until the rule goes", async () => {
    const admin = await owner();
    const block = { kind: "ADDRESS", pattern: "idarule@gmail.com", reason: "Ida sent many" } as const;
    const id = await addBlock({ admin, block, now: NOW });
    const asked = await begun("Ida.Rule+news@gmail.com");
    expect((await exportPerson(asked, "en")).blocklist).toEqual([{ reason: "Ida sent many", at: NOW }]);
    await erasePerson(asked);
    expect(await isAnythingLeft(asked)).toBe(true);
    await removeBlock({ admin, id: id ?? "", now: NOW });
    expect(await isAnythingLeft(asked)).toBe(false);
  });
});

/** Somebody's objections to three entries: one that was decided, one that waits, one that is not confirmed. */
async function objections(letterId: string, slug: string, email: string): Promise<string[]> {
  const admin = await moderator("decides@requests.example", "MODERATOR");
  const names = [0, 1, 2].map((place) => `Entry ${place}`);
  const ids = await approvedRows(
    letterId,
    names.map((name, place) => individual({ name, email: `entry${place}-${email}` })),
  );
  for (const [place, signatureId] of ids.entries()) {
    const row = await db.publicSignatory.findFirstOrThrow({ where: { signatureId } });
    const comment = `Not me ${place}.`;
    const now = later(-60 * 24 + 20 * place);
    await objectTo({ slug, entry: row.id, email, comment, locale: "en", network: "192.0.2.7", now });
  }
  const made = await db.objection.findMany({
    where: { signatureId: { in: ids } },
    orderBy: { createdAt: "asc" },
  });
  const [first, second] = made.map(({ id }) => id);
  const confirmed = { state: "OPEN", confirmedAt: NOW } as const;
  await db.objection.updateMany({ where: { id: { in: [first, second] as string[] } }, data: confirmed });
  await keepObjected({ admin, id: first ?? "", now: NOW });
  return made.map(({ id }) => id);
}
