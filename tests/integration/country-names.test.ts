import { buffer } from "node:stream/consumers";
import { beforeAll, describe, expect, it } from "vitest";
import { byAdmin, type Context } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { translator } from "@/lib/i18n/translator";
import { gatherPressContent } from "@/lib/letters/press-copy/gather";
import { makeDueCopies } from "@/lib/letters/press-copy/make-copies";
import { WRITERS } from "@/lib/moderation/export/formats";
import { siteNow } from "@/lib/site/queries";
import { markOf, namesOf, UNSET_SITE } from "@/lib/site/rules";
import { saveCountryNames } from "@/lib/site/save-site";
import { parseCountryNames } from "@/lib/site/schemas";
import { later, NOW, openLetter } from "../support/letters";
import { moderator } from "../support/moderators";
import { listEntries } from "../support/public-entries";

let owner: Context;
beforeAll(async () => {
  owner = byAdmin(await moderator("owner@example.org", "OWNER"), NOW);
});

const names = (chosen: Record<string, string> = {}) => ({ ...namesOf(UNSET_SITE, "TW"), ...chosen });
const unset = markOf(names());
const FORMOSA = names({ en: "Formosa", ar: "فورموزا" });

describe("the names that a site chooses for countries", () => {
  it("are set for one country at a time, overwrite nothing unseen, and end when they are emptied", async () => {
    expect(await saveCountryNames(owner, "TW", FORMOSA, unset)).toEqual({ saved: true });
    const kosovo = names({ en: "Kosova" });
    expect(await saveCountryNames(owner, "XK", kosovo, unset), "another country").toEqual({ saved: true });
    const late = await saveCountryNames(owner, "TW", names({ en: "Elsewhere" }), unset);
    expect(late).toMatchObject({ saved: false });
    expect((await siteNow(db)).countryNames).toEqual({
      TW: { en: "Formosa", ar: "فورموزا" },
      XK: { en: "Kosova" },
    });
    await saveCountryNames(owner, "XK", names(), markOf(kosovo));
    expect((await siteNow(db)).countryNames).not.toHaveProperty("XK");
  });

  it("are the owners' alone", async () => {
    const moderating = byAdmin(await moderator("moderator@example.org", "MODERATOR"), NOW);
    await expect(saveCountryNames(moderating, "TW", names(), markOf(FORMOSA))).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("are in the copy for the press, which is made anew for them", { timeout: 60_000 }, async () => {
    const { id, slug } = await openLetter();
    await listEntries(id, [{ name: "Example Foundation", section: "ORGANISATIONS", country: "TW" }]);
    const details = async () =>
      (await gatherPressContent(db, slug, "en"))?.letter.groups.flatMap(({ entries }) =>
        // Each part is isolated from the direction of the others.
        entries.map(({ detail }) => detail?.replace(/[\u2068\u2069]/g, "")),
      );
    const edition = async () => (await db.pressCopy.findFirstOrThrow({ where: { letterId: id } })).edition;
    expect(await details()).toEqual(["Formosa"]);
    await makeDueCopies(NOW);
    const first = await edition();
    await saveCountryNames(owner, "TW", names({ en: "Taiwan, as we say" }), markOf(FORMOSA));
    expect(await details()).toEqual(["Taiwan, as we say"]);
    await makeDueCopies(later(11));
    expect(await edition()).toBe((first ?? 0) + 1);
  });

  it("are in exported tables", async () => {
    async function* rows() {
      yield { kind: "ORGANISATION", country: "TW" } as never;
    }
    const { countryNames } = await siteNow(db);
    const layout = { columns: ["country" as const], locale: "en", slug: "x", at: NOW, countryNames };
    const csv = await buffer(WRITERS.CSV(rows(), { ...layout, words: translator("en", "exports") }));
    expect(csv.toString("utf8")).toContain("Taiwan, as we say");
  });

  it("are read from a form, each in its field, or say what is wrong in it", () => {
    expect(parseCountryNames({ country: "TW", "name-en": "  Formosa " })).toEqual({
      ok: true,
      data: { code: "TW", names: names({ en: "Formosa" }) },
    });
    expect(parseCountryNames({ country: "XX", "name-ar": "x".repeat(81), "name-en": "a\ufffdb" })).toEqual({
      ok: false,
      errors: { country: ["unknown"], "name-ar": ["tooLong:80"], "name-en": ["lost"] },
    });
  });
});
