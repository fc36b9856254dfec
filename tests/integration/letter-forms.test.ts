import { beforeAll, describe, expect, it, vi } from "vitest";
import { POST as sign } from "@/app/[locale]/(site)/letters/[slug]/sign/submit/route";
import { POST as settings } from "@/app/[locale]/admin/letters/[slug]/settings/submit/route";
import { POST as write } from "@/app/[locale]/admin/letters/[slug]/text/submit/route";
import { POST as publish } from "@/app/[locale]/admin/letters/[slug]/versions/submit/route";
import { POST as create } from "@/app/[locale]/admin/letters/new/submit/route";
import type { Admin } from "@/lib/auth/admin";
import { bySystem } from "@/lib/auth/context";
import { letterTag } from "@/lib/cache/changes";
import { cache } from "@/lib/cache/tagged-cache";
import { db } from "@/lib/db/client";
import { type FormState, requestContext } from "@/lib/http/request-context";
import { draftsStamp } from "@/lib/letters/draft-queries";
import { DEEPEST } from "@/lib/letters/markdown/parse";
import { unpublishLetter } from "@/lib/letters/unpublish-letter";
import { moderator } from "../support/moderators";
import { nameSite } from "../support/site";

const mfa = { createdAt: new Date(), mfaVerifiedAt: null, passkeys: 0 };
const session: { admin: Admin | null; mfa: typeof mfa } = { admin: null, mfa };
vi.mock("@/lib/auth/current-admin", () => ({ currentSession: async () => session.admin && session }));

const SITE = "http://localhost:3000";
type Handler = (
  request: Request,
  context: { params: Promise<{ locale: string; slug: string }> },
) => Promise<Response>;

/** Posts a form as a page of ours does. @returns the answer, and the page that was shown again */
async function post(handler: Handler, slug: string, values: Record<string, string>, query = "", json = true) {
  const body = new FormData();
  for (const [name, value] of Object.entries(values)) body.set(name, value);
  const headers = { accept: json ? "application/json" : "text/html" };
  const request = new Request(`${SITE}/x${query}`, { method: "POST", body, headers });
  const shown: { path: string; form: FormState }[] = [];
  const renderPage = async (path: string, form: FormState) => {
    shown.push({ path, form });
    return new Response("page");
  };
  const answer = await requestContext.run({ renderPage, arrivedAt: performance.now() }, () =>
    handler(request, { params: Promise.resolve({ locale: "en", slug }) }),
  );
  return { status: answer.status, body: json ? await answer.json() : null, shown: shown[0] };
}

const TEXT = {
  title: "By form",
  standfirst: "In short.",
  recipients: "To all",
  body: "We ask for **5** things.\r\n\r\nNow.",
};
const NEW = { form: "create", title: "By form", locale: "en", organiserName: "Example Coalition" };

/** Publishes what the page shows, or what it showed earlier. */
async function publishShown(values: Record<string, string>, drafts?: string) {
  const { id } = await db.letter.findUniqueOrThrow({ where: { slug: "by-form" } });
  const form = { form: "publish-version", drafts: drafts ?? (await draftsStamp(db, id)) };
  return (await post(publish, "by-form", { ...form, ...values })).body;
}

beforeAll(async () => {
  session.admin = await moderator("owner@forms.example", "OWNER");
});

describe("the forms of a letter", () => {
  it("begin, write, publish and change it", async () => {
    expect(await post(create, "", { ...NEW, title: " ", slug: "New one" })).toMatchObject({
      status: 422,
      body: { errors: { title: ["required"], slug: ["format"] } },
    });
    expect((await post(create, "", NEW)).body.redirect).toBe("/admin/letters/by-form/text?done=created");
    expect((await post(create, "", { ...NEW, slug: "by-form" })).body.errors).toEqual({ slug: ["taken"] });

    const preview = await post(write, "by-form", { ...TEXT, form: "text", step: "preview" });
    expect(preview.body.answer.bodyHtml).toBe("<p>We ask for <strong>5</strong> things.</p>\n<p>Now.</p>");
    const page = await post(
      write,
      "by-form",
      { ...TEXT, form: "text", step: "preview" },
      "?language=en",
      false,
    );
    expect(page).toMatchObject({ status: 200, shown: { path: "/admin/letters/by-form/text?language=en" } });
    expect(page.shown?.form.values).toMatchObject(TEXT);
    const body = `${"> ".repeat(DEEPEST + 1)}Deep.`;
    const deep = await post(write, "by-form", { ...TEXT, body, form: "text", step: "preview" }, "", false);
    expect(deep).toMatchObject({ status: 422, shown: { form: { errors: { body: ["tooDeep"] } } } });

    expect((await publishShown({})).errors).toEqual({ "": ["incomplete"] });
    // A box without scripts takes a line break, and a title is one line.
    const title = TEXT.title.replace(" ", "\r\n");
    const saved = await post(write, "by-form", {
      ...{ ...TEXT, title, form: "text", step: "autosave", revision: "1" },
    });
    expect(await db.letterDraft.findFirst({ where: { letter: { slug: "by-form" } } })).toMatchObject({
      title: TEXT.title,
    });
    expect(saved.body.answer).toMatchObject({ revision: 2 });
    // Nobody has said yet who runs the site.
    expect((await publishShown({})).errors).toEqual({ "": ["siteIncomplete"] });
    await nameSite();
    const draft = await db.letterDraft.findFirstOrThrow({ where: { letter: { slug: "by-form" } } });
    expect(draft.body).toBe("We ask for **5** things.\n\nNow.");
    const late = await post(write, "by-form", { ...TEXT, body: "Mine.", form: "text", revision: "1" });
    expect(late).toMatchObject({ status: 409, body: { errors: { "": ["savedByOther"] } } });
    const shown = await post(
      write,
      "by-form",
      { ...TEXT, body: "Mine.", form: "text", revision: "1" },
      "",
      false,
    );
    expect(shown).toMatchObject({ status: 409, shown: { form: { values: { body: "Mine." } } } });
    const long = await post(write, "by-form", {
      ...TEXT,
      body: "x".repeat(200_001),
      form: "text",
      revision: "2",
    });
    expect(long.body.errors).toEqual({ body: ["tooLong:200000"] });

    // The page was opened before that text was saved.
    for (const drafts of ["en:1", ""])
      expect((await publishShown({}, drafts)).errors).toEqual({ "": ["draftsChanged"] });
    expect(await db.letterVersion.count({ where: { letter: { slug: "by-form" } } })).toBe(0);
    expect((await publishShown({ opensAt: "" })).redirect).toBe("/admin/letters/by-form?done=published");
    await post(write, "by-form", { ...TEXT, body: "We ask for 6.", form: "text", revision: "2" });
    expect((await publishShown({ reason: " " })).errors).toEqual({ reason: ["required"] });
    expect((await publishShown({ reason: "More." }, "en:2")).errors).toEqual({ "": ["draftsChanged"] });
    const next = await publishShown({ reason: "More." });
    expect(next.redirect).toBe("/admin/letters/by-form?done=changed");
    expect((await publishShown({ reason: "More." })).errors).toEqual({ "": ["unchanged"] });
  });

  it("set its times, places and address, and refuse in words", async () => {
    const set = (values: Record<string, string>) => post(settings, "by-form", values);
    expect((await set({ form: "times", closesAt: "2020-01-01T00:00" })).body.errors).toEqual({
      closesAt: ["past"],
    });
    expect((await set({ form: "times", closesAt: "2031-02-31T00:00" })).body.errors).toEqual({
      closesAt: ["format"],
    });
    expect((await set({ form: "times", closesAt: "2031-02-28T10:30" })).body.redirect).toContain(
      "done=times",
    );
    expect((await db.letter.findUniqueOrThrow({ where: { slug: "by-form" } })).closesAt).toEqual(
      new Date("2031-02-28T10:30:00Z"),
    );
    const entry = { form: "timeline", day: "2026-11-20", entry: "Delivered", url: "example.org" };
    expect((await set({ ...entry, day: "", url: "javascript:x" })).body.errors).toEqual({ url: ["format"] });
    expect((await set(entry)).body.redirect).toContain("done=timeline");
    expect((await set({ form: "places", featured: "on" })).body.redirect).toContain("done=places");
    expect(await db.letter.findUnique({ where: { slug: "by-form" } })).toMatchObject({
      featured: true,
      listed: false,
    });
    expect((await set({ form: "address", slug: "Not a slug" })).body.errors).toEqual({ slug: ["format"] });
    expect((await set({ form: "address", slug: "by-form-too" })).body.redirect).toBe(
      "/admin/letters/by-form-too/settings?done=slug",
    );
  });

  it("give the text back to one who is signed out, without JavaScript", async () => {
    const { admin } = session;
    session.admin = null;
    const values = { ...TEXT, form: "text", revision: "3" };
    const out = await post(write, "by-form-too", values, "?language=en", false);
    session.admin = admin;
    expect(out).toMatchObject({
      status: 401,
      shown: { path: "/admin/sign-in?first=1", form: { id: "unsaved" } },
    });
    expect(out.shown?.form.values).toMatchObject({
      body: TEXT.body,
      page: "/admin/letters/by-form-too/text?language=en",
    });
  });

  it("tell a signatory of a newer text, and take what names none", async () => {
    const person = {
      ...{ fullName: "Ada Exampleton", country: "GB", email: "ada@newer.example" },
      ...{ visibility: "public", consent: "on" },
    };
    for (const version of ["1", "99", "nobody"])
      expect(await post(sign, "by-form-too", { ...person, version }, "?as=individual")).toMatchObject({
        status: 409,
        body: { errors: { "": ["newerVersion:2"] } },
      });
    expect(await db.signature.count({ where: { letter: { slug: "by-form-too" } } })).toBe(0);
    // The answer about an address stays answered without scripts, too.
    const [email, emailAnswered] = ["ada@gmail.com", "ada@gmail.com"];
    const answered = { ...person, email: "ada@gmial.com", emailMeant: email, version: "1" };
    expect((await post(sign, "by-form-too", answered, "?as=individual", false)).shown?.form).toMatchObject({
      errors: { "": ["newerVersion:2"] },
      values: { email, emailAnswered },
    });
    const done = await post(sign, "by-form-too", person, "?as=individual");
    expect(done.body.redirect).toContain("check-your-mailbox");
    expect(await db.signature.count({ where: { letter: { slug: "by-form-too" } } })).toBe(1);
  });

  it("ask about an address that looks like a slip beside all mistakes, once", async () => {
    const typed = { email: "ada@gmial.com", country: "GB", visibility: "public", consent: "" };
    const send = async (more: Record<string, string>) =>
      (await post(sign, "by-form-too", { ...typed, ...more }, "?as=individual", false)).shown?.form;
    const others = { fullName: ["required"], consent: ["required"] };
    const asked = await send({});
    expect(asked?.errors).toEqual({ ...others, email: ["meant:ada@gmail.com"] });
    expect(Object.keys(asked?.errors ?? {})).toEqual(["fullName", "email", "consent"]);
    for (const meant of ["ada@gmail.com", "ada@gmial.com"]) {
      const answered = await send({ emailMeant: meant });
      expect(answered).toMatchObject({ errors: others, values: { email: meant, emailAnswered: meant } });
      expect((await send({ email: meant, emailAnswered: meant }))?.errors).toEqual(others);
    }
    // An answer about an address that has left the box is none.
    for (const emailMeant of ["ada@gmail.com", "ada@gmial.com"])
      expect(await send({ email: "ada@proton.me", emailMeant })).toMatchObject({
        errors: others,
        values: { email: "ada@proton.me" },
      });
    const another = await send({ email: "ada@gmai.com", emailAnswered: "ada@gmial.com" });
    expect(another?.errors).toMatchObject({ email: ["meant:ada@gmail.com"] });
  });

  it("say of a letter that was taken down that it is gone, as its page does", async () => {
    await unpublishLetter(bySystem(new Date()), "by-form-too", null);
    cache.invalidate(letterTag("by-form-too"));
    expect(await post(sign, "by-form-too", {}, "?as=individual")).toMatchObject({
      status: 410,
      body: { errors: { "": ["not-found"] } },
    });
    expect((await post(sign, "no-such-letter", {}, "?as=individual")).status).not.toBe(410);
  });
});
