import { buffer } from "node:stream/consumers";
import { parse } from "csv-parse/sync";
import readXlsxFile from "read-excel-file/node";
import { beforeAll, describe, expect, it } from "vitest";
import type { Admin } from "@/lib/auth/admin";
import { byAdmin, bySignatory } from "@/lib/auth/context";
import type { WholeSession } from "@/lib/auth/sessions";
import { db } from "@/lib/db/client";
import { loadMessages } from "@/lib/i18n/messages";
import { USUAL_RULES } from "@/lib/letters/settings/rules";
import { setSigning } from "@/lib/letters/settings/set-signing";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { beginExport, type Wanted } from "@/lib/moderation/export/begin-export";
import { endOldExports, forgetOldPieces } from "@/lib/moderation/export/end-exports";
import { exportProgress, goneFiles, ownExports } from "@/lib/moderation/export/queries";
import { COLUMNS, type ExportChoice } from "@/lib/moderation/export/rules";
import { takeExport } from "@/lib/moderation/export/take-export";
import { writeExport } from "@/lib/moderation/export/write-export";
import { type Filters, wholeView } from "@/lib/moderation/filters/rules";
import { lastActions } from "@/lib/moderation/history";
import { rejectSignature } from "@/lib/moderation/reject-signature";
import { hideNames } from "@/lib/signatories/hiding/hide-names";
import { hideSignature } from "@/lib/signatures/own/hide-signature";
import type { SignatureInput } from "@/lib/signatures/schemas";
import { withdrawSignature } from "@/lib/signatures/withdraw-signature";
import { approvedRows } from "../support/approved-rows";
import { individual, later, NOW, openLetter, organisation } from "../support/letters";
import { manageLinkTo } from "../support/manage-link";
import { moderator, seeNow, waitingSignature } from "../support/moderators";

let owner: Admin;
let other: Admin;
let count = 0;

beforeAll(async () => {
  owner = await moderator("owner@example.org", "OWNER");
  other = await moderator("other@example.org");
});

/** The same name in eight scripts, one that looks like a formula, and one with all that a file must quote. */
const NAMES = [
  "Ada Exampleton",
  "Άντα Παράδειγμα",
  "Ада Примерова",
  "ئادا مىسال",
  "أدا مثال",
  "阿达·示例",
  "אדה לדוגמה",
  "एडा उदाहरण",
  "=SUM Exampleton",
  '@Ada "Addie"; Example, Jr',
];

const person = (name: string, changes: Partial<SignatureInput> = {}) =>
  individual({ name, email: `person${++count}@example.org`, ...changes });

async function approved(slug: string, input: SignatureInput, asExpert = false): Promise<string> {
  const seen = await waitingSignature(slug, input);
  await approveSignature({ admin: owner, seen, asExpert, now: later(5) });
  return seen.signatureId;
}

const withdraw = (id: string) =>
  db.$transaction((tx) => withdrawSignature(tx, id, "signature.withdraw", bySignatory(NOW)));

const USUAL: ExportChoice = { format: "CSV", columns: ["name", "country"], hidden: false };

function begin(letterId: string, changes: Partial<Wanted> = {}) {
  return beginExport({
    ...{ admin: owner, confirmed: true, letterId, locale: "en", choice: USUAL, now: new Date() },
    filters: wholeView("APPROVED") as Filters,
    ...changes,
  });
}

async function begun(letterId: string, changes: Partial<Wanted> = {}): Promise<string> {
  const made = await begin(letterId, changes);
  if (!("id" in made)) throw new Error(made.not);
  return made.id;
}

async function written(letterId: string, changes: Partial<Wanted> = {}): Promise<string> {
  const id = await begun(letterId, changes);
  await writeExport(id);
  return id;
}

/** A session as it is, or as it was when it was proved so many minutes ago. */
const session = (admin: Admin, minutesAgo = 0): WholeSession => {
  const at = new Date(Date.now() - minutesAgo * 60_000);
  return { admin, mfa: { createdAt: at, mfaVerifiedAt: at, passkeys: 1 } } as WholeSession;
};

async function taken(id: string, admin = owner): Promise<Buffer> {
  const { stream, bytes } = await takeExport(session(admin), id, new Date());
  const file = await buffer(stream);
  expect(file.length).toBe(bytes);
  return file;
}

const stateOf = async (id: string) =>
  await db.exportFile.findUniqueOrThrow({ where: { id }, select: { state: true, problem: true, key: true } });

const all = { ...USUAL, columns: [...COLUMNS] };

describe("a file", () => {
  it("has every signature of the list, in eight scripts, as CSV, XLSX and JSON", async () => {
    const { id: letterId, slug } = await openLetter();
    await approvedRows(letterId, [
      ...NAMES.map((name) => person(name)),
      person("Hidden Example", { visibility: "WITHHELD" }),
      organisation({ name: "Example Foundation", email: "rep@foundation.example.org" }),
    ]);
    const shown = await db.publicSignatory.findMany({ where: { letterId } });
    const expected = shown.map(({ name }) => name).sort();
    expect(expected.length).toBe(NAMES.length + 1);

    const csv = await taken(await written(letterId, { choice: { ...all, format: "CSV" } }));
    expect([...csv.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines: Record<string, string>[] = parse(csv, { bom: true, columns: true });
    expect(lines.map(({ Name = "" }) => Name.replace(/^'(?=[=@])/, "")).sort()).toEqual(expected);
    expect(lines.filter(({ Name = "" }) => /^[=@+-]/.test(Name))).toEqual([]);
    expect(lines[0]).toMatchObject({
      ...{ Kind: "Individual", Country: "United Kingdom", "Country code": "GB", State: "Approved" },
      ...{
        Expert: "No",
        "Name is shown": "Yes",
        "Version signed": "1",
        "Submitted (UTC)": "2026-11-23T12:00:00Z",
      },
    });

    const xlsx = await taken(await written(letterId, { choice: { ...all, format: "XLSX" } }));
    const [{ data: [headings = [], ...rows] = [] } = {}] = await readXlsxFile(xlsx);
    const place = headings.indexOf("Name");
    expect(rows.map((row) => String(row[place])).sort()).toEqual(expected);
    expect(xlsx.includes("<f>")).toBe(false);

    const json = JSON.parse(
      String(await taken(await written(letterId, { choice: { ...all, format: "JSON" } }))),
    );
    expect(json.letter).toBe(slug);
    expect(json.signatures.map(({ name }: { name: string }) => name).sort()).toEqual(expected);
    expect(json.signatures.at(-1)).toMatchObject({
      ...{ kind: "organisation", state: "approved", countryCode: "GB", representative: null, email: null },
    });
  });

  it("has the columns that were chosen, in the words of its language, and what a text is found in", async () => {
    const { id: letterId, slug } = await openLetter();
    await approved(slug, person("Ada Exampleton"), true);
    await approvedRows(letterId, [person("Bob Exampleton")]);
    await waitingSignature(slug, person("Ada Waiting"));
    const choice = { ...USUAL, columns: ["name", "expert", "state"] as ExportChoice["columns"] };
    const filters = { ...wholeView("APPROVED", "VERIFIED"), text: "ada" };
    const id = await written(letterId, { choice, filters, locale: "ar" });
    const { columns, yes, no, state } = loadMessages("ar").exports as Record<string, Record<string, string>>;
    expect(parse(await taken(id), { bom: true })).toEqual([
      [columns?.name, columns?.expert, columns?.state],
      ["Ada Exampleton", yes, state?.approved],
      ["Ada Waiting", no, state?.verified],
    ]);
    expect((await ownExports(owner, letterId, new Date()))[0]).toMatchObject({ state: "DONE", total: 2 });
  });

  it("is not taken by who asks for its head", async () => {
    const { id: letterId } = await openLetter();
    await approvedRows(letterId, [person("Ada Exampleton")]);
    const id = await written(letterId);
    const audits = () => db.auditEntry.count({ where: { letterId, action: "export.take" } });
    const { bytes, stream } = await takeExport(session(owner), id, new Date(), true);
    expect([(await buffer(stream)).length, await audits()]).toEqual([0, 0]);
    expect((await taken(id)).length).toBe(bytes);
    expect(await audits()).toBe(1);
  });

  it("says that nothing matches, before and after looking for a text", async () => {
    const { id: letterId } = await openLetter();
    expect(await begin(letterId)).toEqual({ not: "nothingToExport" });
    await approvedRows(letterId, [person("Hidden Example", { visibility: "WITHHELD" })]);
    expect(await begin(letterId)).toEqual({ not: "nothingShown" });
    await approvedRows(letterId, [person("Ada Exampleton")]);
    const id = await written(letterId, { filters: { ...wholeView("APPROVED"), text: "zebra" } });
    expect(await stateOf(id)).toMatchObject({ state: "FAILED", problem: "NOTHING", key: null });
  });

  it("is encrypted where it waits, and deleted with its hour", async () => {
    const { id: letterId } = await openLetter();
    await approvedRows(letterId, [person("Ada Canaryton")]);
    const id = await written(letterId, { choice: { ...USUAL, format: "JSON" } });
    const pieces = await db.exportPiece.findMany({ where: { fileId: id } });
    expect(pieces.length).toBe(1);
    expect(pieces.some(({ bytes }) => Buffer.from(bytes).includes("Canaryton"))).toBe(false);
    const [{ logged }] = await db.$queryRaw<[{ logged: string }]>`
      SELECT relpersistence::text AS logged FROM pg_class WHERE relname = 'export_piece'`;
    expect(logged).toBe("u");
    const over = new Date(Date.now() + 60 * 60_000);
    await expect(takeExport(session(owner), id, over)).rejects.toMatchObject({ code: "stale" });
    await endOldExports(over);
    expect(await stateOf(id)).toMatchObject({ state: "EXPIRED", key: null });
    while ((await forgetOldPieces()) > 0);
    expect(await db.exportPiece.count({ where: { fileId: id } })).toBe(0);
    await endOldExports(new Date(Date.now() + 8 * 86_400_000));
    expect(await db.exportFile.count({ where: { id } })).toBe(0);
  });
});

describe("a file that was downloaded", () => {
  it("is named to the organiser, without its names, once somebody whom it may hold has gone", async () => {
    const { id: letterId } = await openLetter();
    const [ada, , hidden] = await approvedRows(letterId, [
      person("Ada Exampleton"),
      person("Bob Exampleton"),
      person("Hidden Example", { visibility: "WITHHELD" }),
    ]);
    const usual = await written(letterId);
    const whole = await written(letterId, { choice: { ...USUAL, hidden: true } });
    await written(letterId, { choice: { ...USUAL, format: "JSON" } });
    await taken(usual);
    await taken(whole);
    const gone = async () => (await goneFiles(owner, letterId)).map(({ format, has }) => [format, has]);
    expect(await gone()).toEqual([]);
    await withdraw(hidden ?? "");
    expect(await gone()).toEqual([["CSV", "hidden"]]);
    await withdraw(ada ?? "");
    expect((await gone()).toSorted()).toEqual([
      ["CSV", "hidden"],
      ["CSV", "none"],
    ]);
    while ((await forgetOldPieces()) > 0);
    await endOldExports(new Date(Date.now() + 8 * 86_400_000));
    expect(await db.exportFile.findMany({ where: { letterId }, select: { filters: true } })).toEqual([
      { filters: "" },
      { filters: "" },
    ]);
    expect((await gone()).length).toBe(2);
    expect(await ownExports(owner, letterId, new Date())).toEqual([]);
    // It never had whoever comes and goes later.
    const other = await written(letterId);
    await taken(other);
    const [late] = await approvedRows(letterId, [person("Late Exampleton")]);
    const submittedAt = new Date(Date.now() + 60_000);
    await db.signature.updateMany({ where: { id: late ?? "" }, data: { submittedAt } });
    await withdraw(late ?? "");
    expect((await gone()).length).toBe(2);
  });
});

describe("who may", () => {
  it("is the one who asked, and of hidden names and addresses an owner who has just confirmed", async () => {
    const { id: letterId, slug } = await openLetter();
    const [, , , stopped] = await approvedRows(letterId, [
      person("Shown Example", { updates: true }),
      person("Hidden Example", { visibility: "WITHHELD", updates: true }),
      person("Quiet Example"),
      person("Stopped Example", { updates: true }),
    ]);
    const { spellingHash } = await db.signature.findUniqueOrThrow({ where: { id: stopped } });
    await db.suppression.create({ data: { spellingHash: spellingHash ?? "", reason: "STOPPED", at: NOW } });
    const choice = { format: "JSON", columns: ["name", "email"], hidden: true } as ExportChoice;
    const open = { ...choice, columns: ["name"] as ExportChoice["columns"], hidden: false };
    await expect(begin(letterId, { admin: other, choice })).rejects.toMatchObject({ code: "forbidden" });
    await expect(begin(letterId, { admin: other, choice: { ...open, hidden: true } })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(begin(letterId, { confirmed: false, choice })).rejects.toMatchObject({
      code: "not-confirmed",
    });
    const reader = await moderator("reader@example.org", "READER");
    await expect(begin(letterId, { admin: reader, choice: open })).rejects.toMatchObject({
      code: "forbidden",
    });

    const id = await written(letterId, { choice });
    const { signatures } = JSON.parse(String(await taken(id)));
    expect(signatures).toEqual([
      { name: "Shown Example", shown: true, email: expect.stringMatching(/^person\d+@example\.org$/) },
      { name: "Hidden Example", shown: false, email: expect.stringMatching(/^person\d+@example\.org$/) },
      { name: "Quiet Example", shown: true, email: null },
      { name: "Stopped Example", shown: true, email: null },
    ]);
    await expect(takeExport(session(owner, 20), id, new Date())).rejects.toMatchObject({
      code: "not-confirmed",
    });
    await expect(takeExport(session(other), id, new Date())).rejects.toMatchObject({ code: "not-found" });
    expect(await exportProgress(other, id)).toBeNull();

    const own = await written(letterId, { admin: other, choice: open });
    expect(JSON.parse(String(await taken(own, other))).signatures.length).toBe(3);
    const log = await db.auditEntry.findMany({
      where: { letterId, action: { startsWith: "export." } },
      orderBy: { id: "asc" },
    });
    expect(log.map(({ action, adminId }) => [action, adminId])).toEqual([
      ["export.begin", owner.id],
      ["export.take", owner.id],
      ["export.begin", other.id],
      ["export.take", other.id],
    ]);
    expect(log[0]?.details).toMatchObject({ file: id, columns: ["name", "shown", "email"], hidden: true });
    // Each says what readers are not told: in its row, in its name, in the log.
    const now = new Date();
    expect((await ownExports(owner, letterId, now)).map(({ has }) => has)).toEqual(["both"]);
    expect((await ownExports(other, letterId, now)).map(({ has }) => has)).toEqual(["none"]);
    expect((await takeExport(session(owner), id, now)).name).toContain(
      "-WITH-HIDDEN-NAMES-AND-EMAIL-ADDRESSES",
    );
    expect((await takeExport(session(other), own, now)).name).not.toContain("WITH");
    const lines = (await lastActions(owner, 50)).filter(
      ({ action, letter }) => action.startsWith("export.") && letter?.slug === slug,
    );
    expect(lines.map(({ file }) => file)).toEqual(["none", "both", "none", "none", "both", "both"]);
  });

  it("gets one file of two clicks, and waits after three", async () => {
    const { id: letterId } = await openLetter();
    await approvedRows(letterId, [person("Ada Exampleton")]);
    const one = await begun(letterId);
    expect(await begun(letterId)).toBe(one);
    await begun(letterId, { choice: { ...USUAL, format: "XLSX" } });
    await begun(letterId, { choice: { ...USUAL, format: "JSON" } });
    const fourth = begin(letterId, { choice: { ...USUAL, columns: ["name"] } });
    await expect(fourth).rejects.toMatchObject({ code: "too-many" });
    await db.exportFile.updateMany({ where: { letterId }, data: { state: "FAILED" } });
  });
});

describe("whoever leaves", () => {
  it("makes void every file that may name them, and no other", async () => {
    const { id: letterId, slug } = await openLetter();
    const [ada, bob, hidden] = [
      await approved(slug, person("Ada Exampleton")),
      await approved(slug, person("Bob Exampleton")),
      await approved(slug, person("Hidden Exampleton", { visibility: "WITHHELD" })),
    ];
    await approvedRows(letterId, [person("Zoe Exampleton")]);
    const both = async () => [
      await written(letterId),
      await written(letterId, { choice: { ...USUAL, hidden: true } }),
    ];
    const elsewhere = await openLetter();
    await approvedRows(elsewhere.id, [person("Else Exampleton")]);
    const far = await written(elsewhere.id);
    const states = async (ids: string[]) =>
      Promise.all(ids.map(async (id) => [(await stateOf(id)).state, (await stateOf(id)).key === null]));

    const first = await both();
    await withdraw(hidden);
    expect(await states(first)).toEqual([
      ["DONE", false],
      ["VOID", true],
    ]);
    await withdraw(ada);
    expect(await states(first)).toEqual([
      ["VOID", true],
      ["VOID", true],
    ]);
    await expect(takeExport(session(owner), first[0] ?? "", new Date())).rejects.toMatchObject({
      code: "stale",
    });
    const second = await both();
    await rejectSignature({ admin: owner, seen: await seeNow(bob), reason: "Not them", now: later(9) });
    expect((await states(second)).flat()).toEqual(["VOID", true, "VOID", true]);
    expect(await states([far])).toEqual([["DONE", false]]);
  });

  it("has a file that is being written begun anew without them", async () => {
    const { id: letterId, slug } = await openLetter();
    const ada = await approved(slug, person("Ada Exampleton"));
    await approvedRows(letterId, [person("Zoe Exampleton")]);
    const id = await begun(letterId);
    // As a worker leaves it that dies in the middle.
    const attempt = "00000000-0000-4000-8000-000000000001";
    await db.exportFile.update({ where: { id }, data: { attempt, pieces: 1 } });
    await db.exportPiece.create({ data: { fileId: id, number: 0, bytes: new Uint8Array([1]) } });
    await withdraw(ada);
    expect((await db.exportFile.findUniqueOrThrow({ where: { id } })).attempt).toBeNull();
    await writeExport(id);
    expect(parse(await taken(id), { bom: true }).map(([name]: string[]) => name)).toEqual([
      "Name",
      "Zoe Exampleton",
    ]);
  });

  it("is hidden at once where the organiser hides names, before the list's rows are gone", async () => {
    const { id: letterId, slug } = await openLetter();
    await approvedRows(letterId, [
      person("Ada Exampleton"),
      person("Zoe Exampleton", { country: "DE" }),
      organisation({ name: "Example Foundation" }),
    ]);
    const before = await written(letterId);
    await hideNames(byAdmin(owner, new Date()), slug, "DE");
    expect(await stateOf(before)).toMatchObject({ state: "VOID", key: null });
    const names = async (hidden: boolean) => {
      const choice = { format: "JSON", columns: ["name"], hidden } as ExportChoice;
      return JSON.parse(String(await taken(await written(letterId, { choice })))).signatures;
    };
    expect(await names(false)).toEqual([{ name: "Ada Exampleton" }, { name: "Example Foundation" }]);
    expect(await names(true)).toContainEqual({ name: "Zoe Exampleton", shown: false });
  });

  it("is that of a representative, too: named as in the list, and not where the organiser hides them", async () => {
    const { id: letterId, slug } = await openLetter();
    const representative = (name: string, representativePublic: boolean) => {
      const input = organisation({ name, email: `rep${++count}@example.org` });
      return { ...input, signatory: { ...input.signatory, representativePublic } };
    };
    await approvedRows(letterId, [representative("Agreed", true), representative("Not agreed", false)]);
    const named = async (hidden = false) => {
      const choice = { format: "JSON", columns: ["name", "representative"], hidden } as ExportChoice;
      const { signatures } = JSON.parse(String(await taken(await written(letterId, { choice }))));
      return signatures.flatMap((one: Record<string, string>) => (one.representative ? one.name : []));
    };
    expect(await named()).toEqual([]);
    const context = byAdmin(owner, new Date());
    await setSigning(context, slug, { ...USUAL_RULES, representativesShown: true });
    expect(await named()).toEqual(["Agreed"]);
    const before = await written(letterId);
    await setSigning(context, slug, USUAL_RULES);
    expect(await stateOf(before)).toMatchObject({ state: "VOID", key: null });
    await setSigning(context, slug, { ...USUAL_RULES, representativesShown: true });
    await hideNames(context, slug, "GB");
    expect(await named()).toEqual([]);
    expect(await named(true)).toEqual(["Agreed", "Not agreed"]);
  });

  it("is hidden in files of those who wait, too, whoever hides it", async () => {
    const { id: letterId, slug } = await openLetter();
    const [ada] = [
      await waitingSignature(slug, person("Ada Exampleton")),
      await waitingSignature(slug, person("Zoe Exampleton", { country: "DE" })),
      await waitingSignature(
        slug,
        organisation({ name: "Example Foundation", email: "rep@waits.example.org" }),
      ),
    ];
    const choice = { format: "JSON", columns: ["name"], hidden: false } as ExportChoice;
    const queue = () => written(letterId, { choice, filters: wholeView("VERIFIED", "APPROVED") as Filters });
    const names = async () =>
      JSON.parse(String(await taken(await queue()))).signatures.map(({ name }: { name: string }) => name);
    expect(await names()).toHaveLength(3);
    const before = await queue();
    await hideSignature({ id: ada.signatureId, token: await manageLinkTo(ada.signatureId), now: later(1) });
    expect(await stateOf(before)).toMatchObject({ state: "VOID", key: null });
    expect(await names()).toEqual(["Zoe Exampleton", "Example Foundation"]);
    await approved(slug, person("Bea Exampleton"));
    await hideNames(byAdmin(owner, new Date()), slug, "DE");
    expect(await names()).toEqual(["Example Foundation", "Bea Exampleton"]);
  });

  it("ends a download in the middle", async () => {
    const { id: letterId, slug } = await openLetter();
    const ada = await approved(slug, person("Ada Exampleton"));
    await approvedRows(letterId, [person("Zoe Exampleton")]);
    const id = await written(letterId, { choice: { ...USUAL, format: "XLSX" } });
    const { stream } = await takeExport(session(owner), id, new Date());
    await withdraw(ada);
    await expect(buffer(stream)).rejects.toThrow();
  });
});

describe("a disk that is full", () => {
  it("leaves no half of a file, and says so", async () => {
    const { id: letterId } = await openLetter();
    await approvedRows(letterId, [person("Ada Exampleton")]);
    await db.$executeRaw`CREATE FUNCTION no_space() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$`;
    await db.$executeRaw`CREATE TRIGGER no_space BEFORE INSERT ON export_piece EXECUTE FUNCTION no_space()`;
    try {
      const id = await written(letterId);
      expect(await stateOf(id)).toMatchObject({ state: "FAILED", problem: "NO_SPACE", key: null });
      expect(await db.exportPiece.count({ where: { fileId: id } })).toBe(0);
    } finally {
      await db.$executeRaw`DROP TRIGGER no_space ON export_piece`;
    }
    expect(await stateOf(await written(letterId))).toMatchObject({ state: "DONE" });
  });
});
