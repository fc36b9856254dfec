import { beforeEach, describe, expect, it } from "vitest";
import { shownAs } from "@/app/[locale]/admin/data/[request]/_parts/person";
import { byAdmin } from "@/lib/auth/context";
import { readTally } from "@/lib/counts/queries";
import { recount } from "@/lib/counts/recount";
import { statisticsOf } from "@/lib/counts/statistics/statistics-of";
import { db } from "@/lib/db/client";
import { keepHouse } from "@/lib/jobs/housekeeping";
import { signatureMail } from "@/lib/mail/sending/signature-mail";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { correctSignature } from "@/lib/moderation/correct-signature";
import { signatureHistory } from "@/lib/moderation/history";
import { signatureDetail } from "@/lib/moderation/signature-detail";
import { publicCounts, publicList } from "@/lib/signatories/cached";
import { hideNames } from "@/lib/signatories/hiding/hide-names";
import { hidingsOf } from "@/lib/signatories/hiding/queries";
import { showNames } from "@/lib/signatories/hiding/show-names";
import { workOnHidden } from "@/lib/signatories/hiding/work-on-hidden";
import { countEarlier, readPinned, readPublicList } from "@/lib/signatories/public-list";
import { searchList } from "@/lib/signatories/search-list";
import { withHistory } from "@/lib/signatures/own/own-data";
import { signaturesWhere } from "@/lib/signatures/own/own-signatures";
import { runSql } from "../support/database";
import { individual, later, NOW, openLetter, organisation } from "../support/letters";
import { moderator, seeNow, waitingSignature } from "../support/moderators";

type Letter = { id: string; slug: string };
const owner = () => moderator("owner@hiding.example", "OWNER");
let place: Letter;
let people = 0;

async function approved(make: typeof individual, changes: Parameters<typeof individual>[0]): Promise<string> {
  const seen = await waitingSignature(place.slug, make({ email: `p${people++}@hiding.example`, ...changes }));
  await approveSignature({ admin: await moderator(), seen, now: NOW, asExpert: false });
  return seen.signatureId;
}
const names = async (filter = {}) =>
  (await readPublicList(db, place.id, filter, {}, 50)).signatories.map(({ name }) => name);
const hide = async (country: string | null) => hideNames(byAdmin(await owner(), NOW), place.slug, country);
async function show(country: string) {
  const { id } = await db.hiddenNames.findFirstOrThrow({ where: { letterId: place.id, country } });
  await showNames(byAdmin(await owner(), later(9)), place.slug, { id, confirmed: true });
}
async function work(at = later(10)) {
  while ((await workOnHidden(place.id, at)) > 0);
}
const rows = () => db.publicSignatory.count({ where: { letterId: place.id } });
const total = async () => (await readTally(db, place.id)).total;

describe("names that an organiser hides", () => {
  let ada: string;
  let amelie: string;

  beforeEach(async () => {
    place = await openLetter();
    ada = await approved(individual, { name: "Ada Exampleton" });
    amelie = await approved(individual, { name: "Amélie Exemple", country: "FR" });
    for (const name of ["Bruno Exemple", "Chloé Exemple"])
      await approved(individual, { name, country: "FR" });
    await approved(organisation, { name: "Fondation Exemple", country: "FR" });
    await db.pinnedSignatory.create({ data: { signatureId: amelie, letterId: place.id, position: 1 } });
  });

  it("are gone from everything that reads the list at once, before any row is taken off it", async () => {
    await hide("FR");
    expect(await rows()).toBe(5);
    const left = ["Fondation Exemple", "Ada Exampleton"];
    expect(await names()).toEqual(left);
    expect(await names({ country: "FR" })).toEqual(["Fondation Exemple"]);
    expect((await searchList(db, place.id, { q: "exemple" }, {}, 9)).found).toBe(1);
    expect(await readPinned(db, place.id)).toEqual([]);
    expect(await countEarlier(db, place.id)).toEqual([]);
    expect((await publicList(place.slug, {}, {}, 9))?.signatories).toHaveLength(2);
    expect((await publicCounts(place.slug)).map(({ kind, country }) => `${kind} ${country}`).sort()).toEqual([
      "INDIVIDUAL GB",
      "ORGANISATION FR",
    ]);
    expect(await total()).toBe(5);
    await work();
    expect(await rows()).toBe(2);
    expect(await names()).toEqual(left);
    // They count as every entry does that is not shown, so that the headline stays.
    expect(await readTally(db, place.id)).toMatchObject({ total: 5, withheldIndividuals: 3 });
    expect(await recount(false, later(9))).toEqual([]);
  });

  it("stay hidden whatever is approved or corrected meanwhile", async () => {
    await hide("FR");
    await work();
    const denis = await approved(individual, { name: "Denis Exemple", country: "FR" });
    // The mails and the pages do not say that it is shown.
    for (const message of ["signature-approved", "signature-standing"] as const)
      expect((await signatureMail({ message, signatureId: denis }, NOW))?.content).toMatchObject({
        shown: true,
        concealed: true,
      });
    expect(await signatureDetail(await moderator(), denis)).toMatchObject({ concealed: true });
    const fields = individual().signatory;
    await correctSignature({
      admin: await moderator(),
      seen: await seeNow(ada),
      correction: { kind: "INDIVIDUAL", fields: { ...fields, name: "Ada Corrected" }, country: "FR" },
      now: NOW,
    });
    expect(await rows()).toBe(1);
    expect(await names()).toEqual(["Fondation Exemple"]);
    expect(await recount(false, later(9))).toEqual([]);
  });

  it("come back when that ends, but for those whose signatories hid them or left meanwhile", async () => {
    await hide("FR");
    await work();
    await runSql(
      process.env.DATABASE_URL ?? "",
      `UPDATE signature SET visibility = 'WITHHELD' WHERE id = '${amelie}'`,
    );
    await show("FR");
    await work();
    expect(await names()).toEqual(["Fondation Exemple", "Ada Exampleton", "Bruno Exemple", "Chloé Exemple"]);
    expect(await readPinned(db, place.id)).toEqual([]);
    expect(await db.hiddenNames.count({ where: { letterId: place.id } })).toBe(0);
    expect(await total()).toBe(5);
    expect(await recount(false, later(9))).toEqual([]);
  });

  it("are said to readers’ statistics, to data requests and in the history as they are, with who hid them", async () => {
    const reader = await moderator("reader@hiding.example", "READER");
    const countries = async () =>
      (await statisticsOf(reader, place.id, NOW)).countries.map(
        ({ country, count }) => `${country} ${count}`,
      );
    expect(await countries()).toEqual(["FR 4", "GB 1"]);
    await hide(null);
    expect(await countries()).toEqual(["FR 1"]);
    const shownOf = async () =>
      (await withHistory(await signaturesWhere({ id: amelie }, "en", NOW))).map(shownAs);
    expect(await shownOf()).toEqual(["CONCEALED"]);
    await work();
    expect(await shownOf()).toEqual(["CONCEALED"]);
    const lines = async () =>
      (await signatureHistory(await moderator(), amelie)).map(
        ({ action, askedBy }) => `${action} ${askedBy}`,
      );
    expect(await lines()).toContain("signature.conceal owner@hiding.example");
    await show("");
    await work();
    expect(await lines()).toContain("signature.reveal owner@hiding.example");
    expect(await shownOf()).toEqual(["LISTED"]);
    await db.letter.update({ where: { id: place.id }, data: { unpublishedAt: NOW } });
    expect(await shownOf()).toEqual(["DOWN"]);
    // What is archived is read as before.
    await db.letter.update({
      where: { id: place.id },
      data: { unpublishedAt: null, closesAt: NOW, archivedAt: NOW },
    });
    expect(await shownOf()).toEqual(["LISTED"]);
    expect(
      (await signatureMail({ message: "signature-approved", signatureId: amelie }, NOW))?.content,
    ).toMatchObject({
      ...{ shown: true, concealed: false, down: false },
    });
  });

  it("come back also where an approval that the rule still hid was under way when that ended", async () => {
    await hide("FR");
    await work();
    await show("FR");
    // The job comes at once, and finds nothing that it may end.
    await work(later(9));
    await db.signature.updateMany({ where: { id: amelie }, data: { concealed: true } });
    expect(await db.hiddenNames.count({ where: { letterId: place.id } })).toBe(1);
    await work(later(9.4));
    expect(await names()).toHaveLength(2);
    await work(later(9.5));
    expect(await names()).toHaveLength(5);
  });

  it("are hidden by the stricter of two rules", async () => {
    await hide("FR");
    await hide(null);
    await work();
    expect(await names()).toEqual(["Fondation Exemple"]);
    await show("");
    await work();
    expect(await names()).toEqual(["Fondation Exemple", "Ada Exampleton"]);
  });

  it("are hidden by an editor too, but shown again only by an owner who has just confirmed that it is them", async () => {
    const editor = () => moderator("editor@hiding.example", "EDITOR");
    await hideNames(byAdmin(await editor(), NOW), place.slug, "FR");
    const [{ id } = { id: "" }] = await hidingsOf(await owner(), place.id);
    const by = async (who: Awaited<ReturnType<typeof owner>>, confirmed: boolean) =>
      showNames(byAdmin(who, NOW), place.slug, { id, confirmed });
    await expect(by(await owner(), false)).rejects.toMatchObject({ code: "not-confirmed" });
    await expect(by(await editor(), true)).rejects.toMatchObject({ code: "forbidden" });
    await expect(by(await moderator(), true)).rejects.toMatchObject({ code: "forbidden" });
    await expect(hideNames(byAdmin(await moderator(), NOW), place.slug, "GB")).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await names()).toHaveLength(2);
  });

  it("are taken off by housekeeping too, should a job be lost", async () => {
    await hide(null);
    await keepHouse(later(6));
    expect(await rows()).toBe(1);
    const [hiding] = await hidingsOf(await owner(), place.id);
    expect(hiding).toMatchObject({ country: null, left: 0, total: 4, ending: false });
  });
});
