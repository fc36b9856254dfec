import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { byAdmin } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { draftView } from "@/lib/letters/organiser-queries";
import { publishVersion } from "@/lib/letters/publish-version";
import { saveDraft } from "@/lib/letters/save-draft";
import { faultsInLooks } from "../support/accessibility";
import { type App, startApp } from "../support/app";
import { countryBox, launchBrowser, newVisitor } from "../support/browser";
import { openLetter } from "../support/letters";
import { linkIn } from "../support/mailbox";
import { moderator } from "../support/moderators";
import { individualForm, post } from "../support/post";
import { cases } from "../support/tier";

let app: App;
let browser: Browser;
beforeAll(async () => {
  app = await startApp();
  process.env.DATABASE_URL = app.databaseUrl;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await db.$disconnect();
  await app?.stop();
});

/** Whether everybody can use it; what looks at that is a script itself. */
const expectUsable = async (page: Page, javaScript: boolean) => {
  if (javaScript) expect(await faultsInLooks(page)).toEqual([]);
};
const main = (page: Page) => page.locator("main").innerText();
const look = async (page: Page, name: string) => {
  const folder = process.env.PICTURES;
  if (!folder) return;
  for (const [width, scheme] of [
    [360, "light"],
    [768, "light"],
    [1280, "dark"],
  ] as const) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme: scheme });
    await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: "light" });
};

describe.each(
  cases([
    ["with scripts", true],
    ["without scripts", false],
  ] as const),
)("a signature, %s", (_, javaScript) => {
  const run = javaScript ? "with" : "without";

  it("is corrected before and after the mail, confirmed as it will stand, and leads on", async () => {
    const { id, slug } = await openLetter({}, new Date());
    await db.letter.update({ where: { id }, data: { discreetByDefault: true } });
    const email = `ada@${run}.example`;
    const page = await (await newVisitor(browser, { javaScript })).newPage();
    await page.goto(`${app.url}/letters/${slug}/sign?as=individual`);
    await page.fill("[name=fullName]", "Ada Exampelton");
    await page.fill("[name=sortName]", "Exampelton, Ada");
    await page.fill("[name=email]", `adda@${run}.example`);
    await page.selectOption("[name=country]", "GB");
    await page.check("[name=visibility][value=public]");
    await page.check("[name=consent]");
    await page.uncheck("[name=discreet]");
    await page.getByText("How do I withdraw?").click();
    await page.getByText("You don’t need to give a reason").waitFor();
    await look(page, `form-${run}`);
    await page.locator("form#sign .form-end button[type=submit]").click();
    await page.waitForURL("**/check-your-mailbox");
    if (javaScript) {
      await page.getByText(`adda@${run}.example`).waitFor();
      await page.getByRole("button", { name: "Send it again" }).click();
      await page.getByText(/We send it again at \d/).waitFor();
      await look(page, "mailbox");
      await expectUsable(page, javaScript);
      await page.getByRole("button", { name: "Correct the address" }).click();
      await page.waitForURL("**/sign?as=individual#sign-email");
      await countryBox(page);
      expect(await page.inputValue("[name=sortName]")).toBe("Exampelton, Ada");
      expect(await page.isChecked("[name=discreet]"), "unticked by hand").toBe(false);
      await page.fill("[name=email]", email);
      await page.locator("form#sign .form-end button[type=submit]").click();
      await page.waitForURL("**/check-your-mailbox");
    } else {
      expect((await main(page)).includes("adda@")).toBe(false);
      await post(
        app.url,
        `/letters/${slug}/sign?as=individual`,
        individualForm(email, { fullName: "Ada Exampelton" }),
      );
    }
    const said = await main(page);
    const mail = await app.mailbox.waitFor(email);
    for (const words of [mail.subject, mail.from[0]?.name, mail.from[0]?.address])
      expect(said).toContain(words);

    const link = linkIn(mail, "/confirm");
    const again = { fullName: "Ada Exampleton", position: "Reader" };
    await post(app.url, `/letters/${slug}/sign?as=individual`, individualForm(email, again));
    await page.goto(link);
    await page.getByText("This looks like a correction of your earlier entry").waitFor();
    await look(page, `confirm-two-${run}`);
    const entry = (name: string) => page.locator(".entry", { has: page.locator("h2", { hasText: name }) });
    await entry("Exampelton").getByRole("button", { name: "Delete this entry" }).click();
    await entry("Exampelton").waitFor({ state: "detached" });
    await page.getByRole("link", { name: "Edit this entry" }).click();
    await page.locator("[name=affiliation]").waitFor();
    expect(await page.inputValue("[name=position]")).toBe("Reader");
    await page.fill("[name=affiliation]", "University of Example");
    await page.fill("[name=orcid]", "1");
    await page.getByRole("button", { name: "Save the changes" }).click();
    await page.locator(".error-summary").waitFor();
    expect(await page.inputValue("[name=affiliation]")).toBe("University of Example");
    await page.fill("[name=orcid]", "");
    await look(page, `edit-${run}`);
    await page.getByRole("button", { name: "Save the changes" }).click();
    await page.getByText("Your changes are saved.").waitFor();
    const listed = await page.locator(".as-listed").innerText();
    expect(listed.split("\n")).toEqual([
      "Ada Exampleton",
      "Reader · University of Example",
      "United Kingdom",
    ]);
    await look(page, `confirm-${run}`);
    await page.locator("form#confirm button[type=submit]").click();
    await page.getByText("Your signature is confirmed").first().waitFor();
    expect(await main(page)).toContain(`${app.url}/letters/${slug}`);
    await expectUsable(page, javaScript);
    await look(page, `after-${run}`);
    await page.getByRole("button", { name: "See or change your signature" }).click();
    await page.waitForURL(/\/signatures\/[\w-]+$/);
    expect(await main(page)).toContain("University of Example");

    // Found later, the link leads to nobody's signature, but says how to get there.
    await db.$executeRaw`UPDATE confirmation_link SET used_at = used_at - interval '61 minutes'`;
    await db.$executeRaw`UPDATE signature SET submitted_at = submitted_at - interval '2 hours'`;
    await page.goto(link);
    await page.getByRole("link", { name: "Ask for a link to see or change your signature" }).waitFor();
    expect(await page.getByRole("button", { name: "See or change your signature" }).count()).toBe(0);
    await page.context().close();
  });

  it("that waited while the text changed is confirmed for the new one, which is shown", async () => {
    const { id, slug } = await openLetter({}, new Date());
    const email = `ben@${run}-changed.example`;
    await post(app.url, `/ar/letters/${slug}/sign?as=individual`, individualForm(email));
    const link = linkIn(await app.mailbox.waitFor(email), "/confirm");
    const page = await (
      await newVisitor(browser, { javaScript, viewport: { width: 360, height: 740 } })
    ).newPage();
    await page.goto(link);
    expect(await page.evaluate(() => document.documentElement.dir)).toBe("rtl");
    const owner = await moderator(`owner-${run}@example.org`, "OWNER");
    const context = byAdmin(owner, new Date());
    const { revision, text } = await draftView(owner, id, "en");
    await saveDraft(context, slug, { locale: "en", text: { ...text, body: "Release the 7." }, revision });
    const answerBy = new Date(Date.now() + 30 * 86_400_000);
    await publishVersion(context, slug, { reason: "More are held.", answerBy, confirmed: true });
    await page.locator("form#confirm button[type=submit]").click();
    await page.locator(".difference ins").waitFor();
    expect(await db.signature.count({ where: { letter: { slug }, state: "VERIFIED" } })).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await expectUsable(page, javaScript);
    await look(page, `changed-${run}`);
    await page.locator("form#confirm button[type=submit]").click();
    await page.locator("form#confirm").waitFor({ state: "detached" });
    const where = { letter: { slug }, state: "VERIFIED", version: { number: 2 } } as const;
    expect(await db.signature.count({ where })).toBe(1);
    await page.context().close();
  });
});
