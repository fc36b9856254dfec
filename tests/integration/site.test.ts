import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { byAdmin } from "@/lib/auth/context";
import { listenForChanges } from "@/lib/cache/listen";
import { cache } from "@/lib/cache/tagged-cache";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { readSite } from "@/lib/site/cached";
import { siteNow } from "@/lib/site/queries";
import { markOf, missingOf, partOf, textsIn, UNSET_SITE } from "@/lib/site/rules";
import { saveSite, saveSiteTexts } from "@/lib/site/save-site";
import { parseAccent, parseDefaults, parseLinks, parseOrganiser } from "@/lib/site/schemas";
import { moderator } from "../support/moderators";

const by = async () => byAdmin(await moderator("owner@site.example", "OWNER"), new Date());
const NAMED = {
  organiserName: "Example Coalition",
  website: "https://coalition.example.org/",
  contact: "hello@coalition.example.org",
  postalAddress: "1 Example Street\nExampleton",
  pressContact: null,
};
const unset = markOf(partOf(UNSET_SITE, "organiser"));

describe("the site's settings", () => {
  it("are unset at first, and lack what a letter needs", async () => {
    expect(await siteNow(db)).toEqual(UNSET_SITE);
    expect(missingOf(UNSET_SITE)).toEqual(["organiserName", "contact", "privacy"]);
  });

  it("are set part by part, written down, and overwrite nothing unseen", async () => {
    expect(await saveSite(await by(), "organiser", NAMED, unset)).toEqual({ saved: true });
    expect(await siteNow(db)).toMatchObject({ ...NAMED, timeZone: "UTC" });
    expect(await saveSite(await by(), "organiser", NAMED, unset), "a second click").toEqual({ saved: true });
    const late = await saveSite(await by(), "organiser", { ...NAMED, organiserName: "Other" }, unset);
    expect(late).toMatchObject({ saved: false, now: NAMED });

    const other = { timeZone: "Europe/London", locale: "ar" };
    const seen = markOf(partOf(UNSET_SITE, "defaults"));
    expect(await saveSite(await by(), "defaults", other, seen)).toEqual({ saved: true });
    const links = { footerLinks: [{ label: "Press", url: "https://press.example.org/" }] };
    await saveSite(await by(), "links", links, markOf(partOf(UNSET_SITE, "links")));
    expect(await saveSite(await by(), "links", links, "seen before")).toEqual({ saved: true });

    const text = { locale: "ar", imprint: "", privacy: "نص" };
    await saveSiteTexts(await by(), text, markOf(textsIn(UNSET_SITE, "ar")));
    expect(await saveSiteTexts(await by(), { ...text, privacy: "" }, "old")).toMatchObject({ saved: false });
    const site = await siteNow(db);
    expect(site).toMatchObject({ ...NAMED, ...other, ...links, texts: [text] });
    expect(missingOf(site)).toEqual([]);
    const noted = await db.auditEntry.findMany({ where: { action: "site.save" }, orderBy: { id: "asc" } });
    expect(noted.map(({ details }) => details)).toEqual(
      ["organiser", "defaults", "links", "texts"].map((part) => ({ part })),
    );
  });

  it("are the owners' alone", async () => {
    const moderating = byAdmin(await moderator("moderator@site.example", "MODERATOR"), new Date());
    const seen = markOf(partOf(await siteNow(db), "organiser"));
    await expect(saveSite(moderating, "organiser", NAMED, seen)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("reach a process that keeps them", async () => {
    const { tried, stop } = listenForChanges(env().databaseUrl);
    await tried;
    const before = await readSite();
    await saveSite(await by(), "accent", { accentHue: 200 }, markOf(partOf(before, "accent")));
    const end = Date.now() + 2_000;
    while ((await readSite()).accentHue !== 200 && Date.now() < end) await pause(20);
    expect((await readSite()).accentHue).toBe(200);
    expect(cache.kept("site")).toMatchObject({ accentHue: 200 });
    await stop();
  });

  it("are read from forms, with every mistake by its field", () => {
    expect(parseOrganiser({ organiserName: " ", contact: "hello", website: "javascript:1" })).toEqual({
      ok: false,
      errors: { organiserName: ["required"], website: ["format"], contact: ["format"] },
    });
    expect(parseAccent({ accentHue: "359" })).toEqual({ ok: true, data: { accentHue: 359 } });
    expect(parseAccent({ accentHue: "" })).toEqual({ ok: true, data: { accentHue: null } });
    expect(parseAccent({ accentHue: "360" })).toMatchObject({ errors: { accentHue: ["hue"] } });
    expect(parseDefaults({ timeZone: "+01:00", locale: "xx" })).toMatchObject({
      errors: { timeZone: ["unknown"], locale: ["unknown"] },
    });
    expect(parseDefaults({ timeZone: "Asia/Urumqi", locale: "ug" }).ok).toBe(true);
    const rows = {
      label1: "Press",
      url1: "press.example.org",
      label3: "About",
      url4: "https://x.example.org",
    };
    expect(parseLinks(rows)).toEqual({ ok: false, errors: { url3: ["required"], label4: ["required"] } });
    expect(parseLinks({ label2: "Press", url2: "press.example.org" })).toEqual({
      ok: true,
      data: { footerLinks: [{ label: "Press", url: "https://press.example.org/" }] },
    });
  });
});
