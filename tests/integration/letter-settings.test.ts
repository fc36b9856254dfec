import { beforeAll, describe, expect, it, vi } from "vitest";
import { readSignatories } from "@/app/_components/letter/read-signatories";
import { POST as sign } from "@/app/[locale]/(site)/letters/[slug]/sign/submit/route";
import { POST as settings } from "@/app/[locale]/admin/letters/[slug]/settings/submit/route";
import { type Admin, admit } from "@/lib/auth/admin";
import { byAdmin } from "@/lib/auth/context";
import { letterTag } from "@/lib/cache/changes";
import { cache } from "@/lib/cache/tagged-cache";
import { db } from "@/lib/db/client";
import { type FormState, requestContext } from "@/lib/http/request-context";
import { letterPage } from "@/lib/letters/cached";
import { pinSignatory, raiseSignatory, unpinSignatory } from "@/lib/letters/settings/pin-signatory";
import { findToPin, letterSettings, wordsNow } from "@/lib/letters/settings/queries";
import { USUAL_RULES } from "@/lib/letters/settings/rules";
import { seenMark } from "@/lib/letters/settings/seen";
import { setList } from "@/lib/letters/settings/set-list";
import { setSigning } from "@/lib/letters/settings/set-signing";
import { setWords } from "@/lib/letters/settings/set-words";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { rejectSignature } from "@/lib/moderation/reject-signature";
import { publicList } from "@/lib/signatories/cached";
import { consentVersion } from "@/lib/signatures/consent";
import { withdrawSignatures } from "@/lib/signatures/withdraw-signatures";
import { individual, later, openLetter, organisation } from "../support/letters";
import { moderator, seeNow, waitingSignature } from "../support/moderators";
import { listEntries } from "../support/public-entries";

const session: { admin: Admin | null } = { admin: null };
vi.mock("@/lib/auth/current-admin", () => ({ currentSession: async () => session.admin && session }));

type Handler = (
  request: Request,
  context: { params: Promise<{ locale: string; slug: string }> },
) => Promise<Response>;

/** Posts a form. @returns the answer, and the form as it is shown again */
async function post(handler: Handler, slug: string, values: Record<string, string>, query = "", json = true) {
  const body = new FormData();
  for (const [name, value] of Object.entries(values)) body.set(name, value);
  const headers = { accept: json ? "application/json" : "text/html" };
  const request = new Request(`http://localhost:3000/x${query}`, { method: "POST", body, headers });
  let shown: FormState | undefined;
  const renderPage = async (_: string, form: FormState) => {
    shown = form;
    return new Response("page");
  };
  const answer = await requestContext.run({ renderPage, arrivedAt: performance.now() }, () =>
    handler(request, { params: Promise.resolve({ locale: "en", slug }) }),
  );
  return { status: answer.status, body: json ? await answer.json() : null, shown };
}

const owner = async () => byAdmin(await moderator("owner@settings.example", "OWNER"), new Date());
/** What a process hears when a transaction commits. */
const heard = (slug: string) => cache.invalidate(letterTag(slug));

beforeAll(async () => {
  session.admin = await moderator("owner@settings.example", "OWNER");
});

async function approve(slug: string, input: Parameters<typeof waitingSignature>[1], minutes = 0) {
  const seen = await waitingSignature(slug, input, later(minutes));
  const admin = await admit("owner@settings.example", new Date());
  if (!admin) throw new Error("no admin");
  await approveSignature({ admin, seen, now: later(100), asExpert: false });
  heard(slug);
  return seen.signatureId;
}

const idOf = async (letterId: string, name: string) =>
  (await db.publicSignatory.findFirstOrThrow({ where: { letterId, name } })).signatureId;

const PERSON = {
  ...{ fullName: "Ada Exampleton", country: "GB", email: "ada@settings.example" },
  ...{ visibility: "public", consent: "on" },
};

describe("who may sign, and what the form asks for", () => {
  it("is set by owners alone, with at least one kind, and written down", async () => {
    const { slug, id } = await openLetter();
    const none = await post(settings, slug, { form: "signing" });
    expect(none.body.errors).toEqual({ organisations: ["noKind"] });
    const set = await post(settings, slug, { form: "signing", individuals: "on", affiliationRequired: "on" });
    expect(set.body.redirect).toContain("done=signing");
    expect(await db.letter.findUnique({ where: { id } })).toMatchObject({
      organisationsSign: false,
      individualsSign: true,
      websiteRequired: false,
      affiliationRequired: true,
      representativesShown: false,
    });
    const [line] = await db.auditEntry.findMany({ where: { letterId: id, action: "letter.signing" } });
    expect(line?.details).toMatchObject({ organisations: false, affiliationRequired: true });
    const reader = byAdmin(await moderator("reader@settings.example", "READER"), new Date());
    await expect(setSigning(reader, slug, USUAL_RULES)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("overwrites nothing that another owner has set meanwhile, in any part; the same again is no change", async () => {
    const { slug, id } = await openLetter();
    const { signing, list, organisers } = await letterSettings(session.admin as Admin, id);
    const words = await wordsNow(db, id, "en");
    const parts = [
      ["signing", signing, { individuals: "on" }, { organisations: "on" }],
      ["list", list, { listOrder: "TIME", namesShown: "5" }, { listOrder: "NAME", namesShown: "7" }],
      ["organisers", organisers, { organiserName: "One" }, { organiserName: "Other" }],
      [
        "words",
        words,
        { locale: "en", "expert-one": "elder", "expert-other": "elders", questions: "## Why?" },
        { locale: "en", consentLine: "I agree." },
      ],
    ] as const;
    for (const [form, part, one, other] of parts) {
      const seen = seenMark(part);
      expect((await post(settings, slug, { form, seen, ...one })).status, form).toBe(200);
      expect((await post(settings, slug, { form, seen, ...one })).status, form).toBe(200);
      const second = await post(settings, slug, { form, seen, ...other });
      expect([form, second.status, second.body.errors]).toEqual([form, 409, { "": ["siteChanged"] }]);
    }
    expect((await wordsNow(db, id, "en")).questions).toBe("## Why?");
  });

  it("refuses a form that was shown before a change, keeps what was typed, and has the box ticked again", async () => {
    const { slug } = await openLetter();
    const before = (await letterPage(slug, "en"))?.formMark ?? "";
    await setSigning(await owner(), slug, { ...USUAL_RULES, affiliationRequired: true });
    heard(slug);
    const old = await post(sign, slug, { ...PERSON, formMark: before }, "?as=individual", false);
    expect(old).toMatchObject({ status: 409, shown: { errors: { "": ["formChanged"] } } });
    expect(old.shown?.values).toMatchObject({ fullName: "Ada Exampleton", consent: "" });
    const now = (await letterPage(slug, "en"))?.formMark ?? "";
    expect(now).not.toBe(before);
    const without = await post(sign, slug, { ...PERSON, formMark: now }, "?as=individual");
    expect(without.body.errors).toEqual({ affiliation: ["required"] });
    // A program may leave out which form it was shown; the rules hold for it too.
    expect((await post(sign, slug, PERSON, "?as=individual")).body.errors).toEqual({
      affiliation: ["required"],
    });
    expect(await db.signature.count({ where: { letter: { slug } } })).toBe(0);
    const done = await post(
      sign,
      slug,
      { ...PERSON, affiliation: "350.org", formMark: now },
      "?as=individual",
    );
    expect(done.body.redirect).toContain("check-your-mailbox");
  });

  it("shows a representative who agreed, and nobody once the organiser shows none", async () => {
    const { slug } = await openLetter();
    const signatory = { ...organisation().signatory, representativePublic: true };
    await approve(slug, organisation({ signatory, email: "robin@shown.example" }));
    const silent = organisation({ name: "Silent Trust", email: "robin@silent.example" });
    await approve(slug, silent);
    const names = async () =>
      (await publicList(slug, {}, {}, 10))?.signatories.map((one) => [one.name, one.representative]);
    expect(await names()).toEqual([
      ["Example Foundation", null],
      ["Silent Trust", null],
    ]);
    await setSigning(await owner(), slug, { ...USUAL_RULES, representativesShown: true });
    heard(slug);
    expect(await names()).toEqual([
      ["Example Foundation", "Robin Muster"],
      ["Silent Trust", null],
    ]);
  });
});

describe("the list", () => {
  it("is in the order of signing where the organiser wishes, page by page, and begins anew after a change", async () => {
    const { slug, id } = await openLetter();
    const order = ["Zoe", "Ada", "Mia", "Ben"];
    await listEntries(
      id,
      order.map((name, at) => ({ name: `${name} Test`, signed_at: later(at) })),
    );
    const read = async (after?: Parameters<typeof publicList>[2]["after"]) => {
      const part = await publicList(slug, {}, { after }, 2);
      return {
        names: part?.signatories.map(({ name }) => name.split(" ")[0]),
        next: part?.next ?? undefined,
      };
    };
    const byName = await read();
    expect(byName.names).toEqual(["Ada", "Ben"]);
    await setList(await owner(), slug, {
      namesShown: 3,
      listOrder: "TIME",
      listFiles: false,
      withdrawalsShown: false,
    });
    heard(slug);
    const first = await read();
    expect(first.names).toEqual(["Zoe", "Ada"]);
    expect((await read(first.next)).names).toEqual(["Mia", "Ben"]);
    expect((await read(byName.next)).names).toEqual(["Zoe", "Ada"]);
    expect(await letterPage(slug, "en")).toMatchObject({ namesShown: 3, listOrder: "TIME" });
    for (const namesShown of ["0", "501", "", "x", "1.5"])
      expect(
        (await post(settings, slug, { form: "list", namesShown, listOrder: "NAME" })).body.errors,
      ).toEqual({
        namesShown: ["range"],
      });
  });
});

describe("first signatories", () => {
  async function shownFirst(slug: string) {
    const letter = await letterPage(slug, "en");
    if (!letter) throw new Error("no letter");
    const { first, organisations, others } = await readSignatories(letter);
    const names = (list: { name: string }[]) => list.map(({ name }) => name);
    return { first, organisations: names(organisations.signatories), others: names(others) };
  }

  it("are named in the organiser's order, first in their groups, once, while they are public", async () => {
    const { slug, id } = await openLetter();
    const zoe = await approve(slug, individual({ name: "Zoe Test", email: "zoe@pins.example" }));
    const omega = await approve(slug, organisation({ name: "Omega", email: "o@omega.example" }));
    await listEntries(id, [{ name: "Ada Test" }, { name: "Alpha", section: "ORGANISATIONS" }]);
    const ada = await idOf(id, "Ada Test");
    const admin = await moderator("owner@settings.example", "OWNER");
    const found = await findToPin(admin, id, "test", await letterSettings(admin, id));
    expect(found.entries.map(({ signatureId }) => signatureId)).toEqual([ada, zoe]);

    for (const one of [zoe, omega, ada, ada]) await pinSignatory(await owner(), slug, one);
    await raiseSignatory(await owner(), slug, ada);
    heard(slug);
    expect(await shownFirst(slug)).toEqual({
      first: ["Zoe Test", "Ada Test", "Omega"],
      organisations: ["Omega", "Alpha"],
      others: ["Zoe Test", "Ada Test"],
    });
    const rest = await findToPin(admin, id, "test", await letterSettings(admin, id));
    expect(rest.entries).toEqual([]);
    const other = await openLetter();
    await expect(pinSignatory(await owner(), other.slug, zoe)).rejects.toMatchObject({ code: "conflict" });

    // What goes is gone in the same transaction, and a rejected one comes back where it was.
    await withdrawSignatures({ email: "zoe@pins.example", now: later(200) });
    heard(slug);
    expect((await shownFirst(slug)).first).toEqual(["Ada Test", "Omega"]);
    expect(await db.pinnedSignatory.count({ where: { signatureId: zoe } })).toBe(0);
    await rejectSignature({ admin, seen: await seeNow(omega), reason: "No.", now: later(201) });
    heard(slug);
    expect((await shownFirst(slug)).first).toEqual(["Ada Test"]);
    expect((await letterSettings(admin, id)).pinned).toEqual([
      { signatureId: ada, name: "Ada Test" },
      { signatureId: omega, name: null },
    ]);
    await unpinSignatory(await owner(), slug, omega);
    await expect(unpinSignatory(await owner(), slug, omega)).rejects.toMatchObject({ code: "not-found" });
  });

  it("are the first individuals where nobody else is named", async () => {
    const { slug, id } = await openLetter();
    await listEntries(id, [{ name: "Ada Test" }, { name: "Ben Test" }]);
    expect(await shownFirst(slug)).toEqual({
      first: ["Ada Test", "Ben Test"],
      organisations: [],
      others: ["Ada Test", "Ben Test"],
    });
  });

  it("are as many as may be", async () => {
    const { slug, id: letterId } = await openLetter();
    await listEntries(
      letterId,
      Array.from({ length: 7 }, (_, at) => ({ name: `Person ${at}` })),
    );
    const ids = await Promise.all(Array.from({ length: 7 }, (_, at) => idOf(letterId, `Person ${at}`)));
    for (const id of ids.slice(0, 6)) await pinSignatory(await owner(), slug, id);
    await expect(pinSignatory(await owner(), slug, ids[6] ?? "")).rejects.toMatchObject({ code: "full" });
  });
});

describe("the words around a letter", () => {
  const POSTED = {
    ...{
      form: "words",
      locale: "en",
      consentLine: "I have read the letter.",
      expertNote: "Ten years of work.",
    },
    ...{ "expert-one": "senior expert", "expert-other": "senior experts", questions: "## Why?\n\nBecause." },
  };

  it("are shown, fall back to the letter's language, and can be taken away", async () => {
    const { slug, id } = await openLetter();
    const wrong = {
      ...POSTED,
      "expert-other": " ",
      consentLine: "x".repeat(501),
      questions: `${"> ".repeat(30)}x`,
    };
    expect((await post(settings, slug, wrong)).body.errors).toEqual({
      consentLine: ["tooLong:500"],
      "expert-other": ["required"],
      questions: ["tooDeep"],
    });
    expect((await post(settings, slug, { ...POSTED, locale: "xx" })).body.errors).toEqual({
      locale: ["unknown"],
    });
    expect((await post(settings, slug, POSTED)).body.redirect).toContain("language=en&done=words");
    heard(slug);
    const [english, arabic] = [await letterPage(slug, "en"), await letterPage(slug, "ar")];
    expect(english?.words).toMatchObject({
      consentLine: { text: "I have read the letter.", locale: "en" },
      questions: { text: "<h3>Why?</h3>\n<p>Because.</p>" },
      experts: { forms: { one: "senior expert", other: "senior experts" } },
    });
    expect(arabic?.words).toMatchObject({ consentLine: { locale: "en" }, experts: null });
    await post(settings, slug, { form: "words", locale: "en" });
    heard(slug);
    expect((await letterPage(slug, "en"))?.words.questions).toBeNull();
    expect(await db.letterWords.count({ where: { letterId: id } })).toBe(0);
  });

  it("make a signature record the very line that was agreed to, which the audit log keeps", async () => {
    const { slug, id } = await openLetter();
    await setWords(await owner(), slug, {
      ...{ locale: "en", consentLine: "I agree.", expertNote: null, questions: null, expertForms: null },
    });
    heard(slug);
    const shown = (await letterPage(slug, "en"))?.formMark ?? "";
    expect((await post(sign, slug, { ...PERSON, shown }, "?as=individual")).status).toBe(200);
    const signature = await db.signature.findFirstOrThrow({ where: { letterId: id } });
    expect(signature.consentVersion).toBe(consentVersion("I agree."));
    const line = await db.auditEntry.findFirstOrThrow({ where: { letterId: id, action: "letter.words" } });
    expect(line.details).toMatchObject({ consentLine: "I agree.", consentVersion: signature.consentVersion });
  });
});
