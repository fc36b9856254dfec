import { readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { byAdmin } from "@/lib/auth/context";
import { recount } from "@/lib/counts/recount";
import { db } from "@/lib/db/client";
import { keepHouse } from "@/lib/jobs/housekeeping";
import { settingsNow } from "@/lib/letters/settings/queries";
import { removeLine } from "@/lib/letters/settings/remove-line";
import { setSigning } from "@/lib/letters/settings/set-signing";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { rejectSignature } from "@/lib/moderation/reject-signature";
import { hideNames } from "@/lib/signatories/hiding/hide-names";
import { showNames } from "@/lib/signatories/hiding/show-names";
import { readPublicList } from "@/lib/signatories/public-list";
import { applyChange } from "@/lib/signatures/engine/apply-changes";
import { lockSubjects } from "@/lib/signatures/engine/subject";
import { erasedFile } from "@/lib/signatures/erasure/erased-file";
import { hideAgain } from "@/lib/signatures/erasure/hide-again";
import { noteErasures } from "@/lib/signatures/erasure/note-erasures";
import { hideSignature } from "@/lib/signatures/own/hide-signature";
import type { SignatoryFields } from "@/lib/signatures/signatory-fields";
import { individual, later, NOW, openLetter, organisation } from "../support/letters";
import { manageLinkTo } from "../support/manage-link";
import { moderator, seeNow, waitingSignature } from "../support/moderators";

let letter: { id: string; slug: string };
let ada: string;
let bea: string;
let people = 0;

async function approved(name: string): Promise<string> {
  const email = `p${people++}@again.example`;
  const seen = await waitingSignature(letter.slug, individual({ name, email }));
  await approveSignature({ admin: await moderator(), seen, now: NOW, asExpert: false });
  return seen.signatureId;
}
const names = async () =>
  (await readPublicList(db, letter.id, {}, {}, 9)).signatories.map(({ name }) => name).sort();
const owner = async () => byAdmin(await moderator("owner@again.example", "OWNER"), later(1));
const hide = async () => hideSignature({ id: ada, token: await manageLinkTo(ada), now: later(1) });

/** As a moderator shows a name, or as it was when a backup was made. */
const show = (id: string) =>
  db.$transaction(async (tx) => {
    const [subject] = await lockSubjects(tx, [id]);
    const after = { visibility: "PUBLIC", state: "APPROVED" } as const;
    if (subject) await applyChange(tx, { subject, action: "signature.change", after }, await owner());
  });

/** As a moderator corrects an entry, or as it was when a backup was made. */
const correct = (id: string, fields: Partial<SignatoryFields>) =>
  db.$transaction(async (tx) => {
    const [subject] = await lockSubjects(tx, [id]);
    if (!subject) return;
    const after = { fields: { ...subject.fields, ...fields } };
    await applyChange(tx, { subject, action: "signature.correct", after }, await owner());
  });

/** The database of before: what was hidden since is shown, and nothing of that waits to be noted. */
async function restored(back: () => Promise<unknown>): Promise<void> {
  await noteErasures();
  const file = await readFile(erasedFile(), "utf8");
  await back();
  await db.erasure.deleteMany();
  await writeFile(erasedFile(), file);
}

beforeEach(async () => {
  await rm(dirname(erasedFile()), { recursive: true, force: true });
  await db.erasure.deleteMany();
  letter = await openLetter();
  ada = await approved("Ada Exampleton");
  bea = await approved("Bea Exampleton");
});

describe("after a backup of before is restored", () => {
  it("a name that its signatory hid is hidden again, and nobody else's", async () => {
    await hide();
    const file = await readFile(erasedFile(), "utf8");
    expect(file, "at once, by a keyed hash alone").toMatch(/^\n[0-9a-f]{8}\.hidden-1\.[\w-]{43}\n$/);
    await restored(() => show(ada));
    expect(await names()).toEqual(["Ada Exampleton", "Bea Exampleton"]);
    expect(await hideAgain(later(9))).toBe(1);
    expect(await names()).toEqual(["Bea Exampleton"]);
    expect(await db.auditEntry.count({ where: { signatureId: ada, action: "signature.hide-again" } })).toBe(
      1,
    );
    expect((await recount(false, NOW)).filter(({ slug }) => slug === letter.slug)).toEqual([]);
    expect(await hideAgain(later(10))).toBe(0);
  });

  it("so is one that was removed, and one that an objection hides", async () => {
    await rejectSignature({
      admin: await moderator(),
      seen: await seeNow(bea),
      reason: "Not theirs",
      now: later(1),
    });
    await db.$transaction(async (tx) => {
      const [subject] = await lockSubjects(tx, [ada]);
      if (subject) await applyChange(tx, { subject, action: "signature.object", after: {} }, await owner());
    });
    await restored(() => show(bea));
    expect(await names()).toEqual(["Ada Exampleton", "Bea Exampleton"]);
    expect(await hideAgain(later(9))).toBe(2);
    expect(await names()).toEqual([]);
  });

  it("so are the names that an organiser hides, for as long as they did", async () => {
    await hideNames(await owner(), letter.slug, "GB");
    const rule = () => db.hiddenNames.findFirst({ where: { letterId: letter.id, active: true } });
    await restored(() => db.hiddenNames.deleteMany({ where: { letterId: letter.id } }));
    expect(await names()).toHaveLength(2);
    expect(await hideAgain(later(9))).toBe(1);
    expect(await names()).toEqual([]);
    await keepHouse(later(10));
    await showNames(await owner(), letter.slug, { id: (await rule())?.id ?? "", confirmed: true });
    await keepHouse(later(11));
    expect(await hideAgain(later(12))).toBe(0);
    expect(await names(), "each as its signatory chose").toHaveLength(2);
  });

  it("so is a removed line about a withdrawal", async () => {
    const day = new Date("2026-11-01");
    const line = {
      letterId: letter.id,
      kind: "INDIVIDUAL",
      country: "GB",
      name: "Cleo Exampleton",
      day,
    } as const;
    const { id } = await db.withdrawalNote.create({ data: line });
    await removeLine(await owner(), letter.slug, id);
    await restored(() => db.withdrawalNote.create({ data: { id, ...line } }));
    expect(await hideAgain(later(9))).toBe(1);
    expect(await db.withdrawalNote.count({ where: { letterId: letter.id } })).toBe(0);
  });
});

describe("after a backup of before a correction is restored", () => {
  it("an entry that showed something else is hidden, and nobody else's", async () => {
    await correct(ada, { affiliation: "Example Clinic" });
    await correct(ada, { affiliation: null });
    await correct(bea, { position: "Reader" });
    await restored(() => correct(ada, { affiliation: "Example Clinic" }));
    expect(await hideAgain(later(9))).toBe(1);
    expect(await names()).toEqual(["Bea Exampleton"]);
    expect((await recount(false, NOW)).filter(({ slug }) => slug === letter.slug)).toEqual([]);
    expect(await hideAgain(later(10))).toBe(0);
  });

  it("a representative who took the agreement back is not named, and the organisation stays", async () => {
    const input = organisation({ email: "rep@again.example" });
    const seen = await waitingSignature(letter.slug, input);
    await approveSignature({ admin: await moderator(), seen, now: NOW, asExpert: false });
    const id = seen.signatureId;
    await correct(id, { representativePublic: true });
    const named = async () =>
      (await db.publicSignatory.findUniqueOrThrow({ where: { signatureId: id } })).representative;
    const name = await named();
    expect(name).not.toBeNull();
    await correct(id, { representativePublic: false });
    await restored(() => correct(id, { representativePublic: true }));
    expect(await named()).toBe(name);
    expect(await hideAgain(later(9))).toBe(1);
    expect(await named()).toBeNull();
    expect(await hideAgain(later(10))).toBe(0);
  });

  it("neither are all representatives of a letter that names none any more", async () => {
    const { signing } = await settingsNow(db, letter.id);
    const set = async (representativesShown: boolean) =>
      setSigning(await owner(), letter.slug, { ...signing, representativesShown });
    const shows = async () => (await settingsNow(db, letter.id)).signing.representativesShown;
    await set(true);
    await set(false);
    await restored(() => set(true));
    expect(await hideAgain(later(9))).toBe(1);
    expect(await shows()).toBe(false);
    await set(true);
    expect(await hideAgain(later(10)), "nothing was restored").toBe(0);
    expect(await shows()).toBe(true);
  });

  it("nothing is hidden where nothing was restored, also what was corrected back", async () => {
    await correct(ada, { affiliation: "Example Clinic" });
    expect(await hideAgain(later(2))).toBe(0);
    await correct(ada, { affiliation: null });
    expect(await hideAgain(later(3)), "not noted yet").toBe(0);
    await noteErasures();
    expect(await hideAgain(later(4))).toBe(0);
    expect(await names()).toHaveLength(2);
  });
});

describe("without a restore", () => {
  it("a name that was shown again stays, whether the file knows of it or not yet", async () => {
    await hide();
    await show(ada);
    expect(await hideAgain(later(2)), "not noted yet").toBe(0);
    await noteErasures();
    expect(await hideAgain(later(3))).toBe(0);
    expect(await names()).toHaveLength(2);
    // And hidden once more it is hidden.
    await hide();
    await restored(() => show(ada));
    expect(await hideAgain(later(4))).toBe(1);
  });

  it("a lost file is written anew", async () => {
    await hide();
    await rm(erasedFile());
    expect(await hideAgain(later(2))).toBe(0);
    await restored(() => show(ada));
    expect(await hideAgain(later(3))).toBe(1);
  });
});
