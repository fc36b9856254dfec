import sharp from "sharp";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { POST as logo } from "@/app/[locale]/admin/site/logo/submit/route";
import { POST as settings } from "@/app/[locale]/admin/site/submit/route";
import type { Admin } from "@/lib/auth/admin";
import { byAdmin } from "@/lib/auth/context";
import { cache } from "@/lib/cache/tagged-cache";
import { db } from "@/lib/db/client";
import { type FormState, requestContext } from "@/lib/http/request-context";
import { createDraft } from "@/lib/letters/create-draft";
import { firstSteps } from "@/lib/letters/first-steps";
import { publishVersion } from "@/lib/letters/publish-version";
import { saveDraft } from "@/lib/letters/save-draft";
import { readLogo } from "@/lib/site/cached";
import { siteNow } from "@/lib/site/queries";
import { markOf, partOf, textsIn, UNSET_SITE } from "@/lib/site/rules";
import { moderator } from "../support/moderators";

const session: { admin: Admin | null } = { admin: null };
vi.mock("@/lib/auth/current-admin", () => ({
  currentSession: async () => session.admin && session,
  currentAdmin: async () => session.admin,
}));

type Handler = typeof settings;

/** Posts a form as a page of ours does. @returns the answer, and the page that was shown again */
async function post(handler: Handler, body: FormData | Record<string, string>, json = true) {
  const data = body instanceof FormData ? body : new FormData();
  if (!(body instanceof FormData)) for (const [name, value] of Object.entries(body)) data.set(name, value);
  const headers = { accept: json ? "application/json" : "text/html" };
  const request = new Request("http://localhost:3000/x", { method: "POST", body: data, headers });
  return answered(handler, request, json);
}

async function answered(handler: Handler, request: Request, json = true) {
  const shown: { path: string; form: FormState }[] = [];
  const renderPage = async (path: string, form: FormState) => {
    shown.push({ path, form });
    return new Response("page");
  };
  const answer = await requestContext.run({ renderPage, arrivedAt: performance.now() }, () =>
    handler(request, { params: Promise.resolve({ locale: "en" }) }),
  );
  // In production the database tells.
  cache.clear();
  return { status: answer.status, body: json ? await answer.json() : null, shown: shown[0] };
}

function picture(bytes: Uint8Array | null, alt = "A hand that signs"): FormData {
  const data = new FormData();
  data.set("form", "logo");
  data.set("logoAlt", alt);
  data.set("logo", new File(bytes ? [new Uint8Array(bytes)] : [], "logo.png"));
  return data;
}

const png = (width: number) =>
  sharp({ create: { width, height: 100, channels: 4, background: "#1d3f94" } })
    .png()
    .toBuffer();

const BASICS = {
  form: "basics",
  organiserName: "Example Coalition",
  contact: "us@example.org",
  language: "ar",
};
const UNSEEN = {
  seen: markOf(partOf(UNSET_SITE, "organiser")),
  seenTexts: markOf(textsIn(UNSET_SITE, "ar")),
};

beforeAll(async () => {
  session.admin = await moderator("owner@site-forms.example", "OWNER");
});

describe("the first steps", () => {
  it("go from who one is to a published letter, and end there", async () => {
    const admin = session.admin as Admin;
    expect(await firstSteps(admin)).toEqual({
      missing: ["organiserName", "contact", "privacy"],
      letter: null,
    });
    const refused = await post(settings, { ...BASICS, ...UNSEEN, contact: "us", privacy: " " });
    expect(refused).toMatchObject({
      status: 422,
      body: { errors: { contact: ["format"], privacy: ["required"] } },
    });
    const saved = await post(settings, { ...BASICS, ...UNSEEN, privacy: "نص" });
    expect(saved.body.redirect).toBe("/admin/letters/new");
    expect(await siteNow(db)).toMatchObject({
      organiserName: "Example Coalition",
      locale: "ar",
      texts: [{ locale: "ar", privacy: "نص" }],
    });

    const context = byAdmin(admin, new Date());
    const organiser = { organiserName: "Example Coalition", organiserUrl: null };
    const slug = await createDraft(context, { title: "First", slug: null, locale: "en", ...organiser });
    expect(await firstSteps(admin)).toEqual({ missing: [], letter: { slug, written: false } });
    const text = { title: "First", standfirst: "In short.", recipients: "To all", body: "Text." };
    await saveDraft(context, slug, { locale: "en", text, revision: 1 });
    expect(await firstSteps(admin)).toEqual({ missing: [], letter: { slug, written: true } });
    await publishVersion(context, slug, {});
    expect(await firstSteps(admin)).toBeNull();
  });
});

describe("the forms of the site", () => {
  it("show both to whoever comes second, without JavaScript too", async () => {
    const values = { form: "organiser", organiserName: "Mine", contact: "us@example.org" };
    const late = await post(settings, { ...values, ...UNSEEN }, false);
    expect(late).toMatchObject({
      status: 409,
      shown: {
        path: "/admin/site",
        form: { values: { organiserName: "Mine" }, errors: { "": ["siteChanged"] } },
      },
    });
    const seen = markOf(partOf(await siteNow(db), "organiser"));
    expect((await post(settings, { ...values, seen })).body.redirect).toBe("/admin/site?done=saved");
    expect((await siteNow(db)).organiserName).toBe("Mine");
  });

  it("take a picture, made anew, and other words for it alone", async () => {
    expect((await post(logo, picture(null))).body.errors).toEqual({ logo: ["required"] });
    expect((await post(logo, picture(await png(1_200), " "))).body.errors).toEqual({ logoAlt: ["required"] });
    const sent = await png(1_200);
    expect((await post(logo, picture(sent))).body.redirect).toBe("/admin/site?done=saved");
    const { logo: kept } = await siteNow(db);
    expect(kept).toMatchObject({ width: 640, height: 53, alt: "A hand that signs" });
    const bytes = Buffer.from((await readLogo(kept?.id ?? "")) ?? []);
    expect((await sharp(bytes).metadata()).format).toBe("webp");
    expect(bytes.includes(sent)).toBe(false);
    await post(logo, picture(null, "Other words"));
    expect((await siteNow(db)).logo).toEqual({ ...kept, alt: "Other words" });

    await post(logo, picture(await png(600)));
    expect(await readLogo(kept?.id ?? "")).toBeNull();
    expect((await post(settings, { form: "remove-logo" })).body.redirect).toContain("done=saved");
    expect((await siteNow(db)).logo).toBeNull();
  });

  it("say in a sentence what is wrong with a file", async () => {
    const errors = async (bytes: Uint8Array) => (await post(logo, picture(bytes))).body.errors.logo;
    expect(await errors(new TextEncoder().encode("no picture"))).toEqual(["type"]);
    expect(await errors((await png(600)).subarray(0, 120))).toEqual(["damaged"]);
    expect(await errors(new Uint8Array(1024 * 1024 + 1))).toEqual(["tooBig"]);
    const shown = await post(logo, picture(new TextEncoder().encode("x"), "Kept"), false);
    expect(shown).toMatchObject({
      status: 422,
      shown: { path: "/admin/site/logo", form: { id: "logo", values: { logoAlt: "Kept" } } },
    });
    const type = "multipart/form-data; boundary=x";
    const half = '--x\r\ncontent-disposition: form-data; name="logo"; filename="a.png"\r\n\r\nhalf';
    const headers = { accept: "application/json", "content-type": type };
    const broken = new Request("http://localhost:3000/x", { method: "POST", body: half, headers });
    expect((await answered(logo, broken)).body.errors.logo).toEqual(["brokenOff"]);
  });

  it("read no file of anybody who is signed out", async () => {
    const { admin } = session;
    session.admin = null;
    const request = new Request("http://localhost:3000/x", {
      method: "POST",
      body: picture(await png(100)),
      headers: { accept: "application/json" },
    });
    expect((await answered(logo, request)).status).toBe(401);
    expect(request.bodyUsed).toBe(false);
    session.admin = admin;
  });
});
