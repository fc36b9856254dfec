import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { PROJECT } from "@/lib/project-folder";
import { launchBrowser, newVisitor } from "../tests/support/browser";
import { linkIn, openMailbox } from "../tests/support/mailbox";
import { buildAll } from "./local/build";
import { type TemporaryApp, withTemporaryApp } from "./local/temporary-app";

/**
 * Takes the pictures of the pages into `docs/screenshots`, from a program of its own with the sample letter.
 * With `--all`, every page at 360, 768 and 1280 px, light and dark, in every language, into `.data/screenshots`.
 */
const ALL = process.argv.includes("--all");
const FOLDER = join(PROJECT, ALL ? ".data/screenshots" : "docs/screenshots");
const ADMIN = "admin@example.org";

type Shot = { name: string; path: string; width: number; dark?: boolean; whole?: boolean };

const SHOTS: Shot[] = [
  { name: "letter", path: "/", width: 1280 },
  { name: "letter-phone", path: "/", width: 360, dark: true },
  { name: "letter-arabic", path: "/ar", width: 768 },
  { name: "sign", path: "/letters/uyghurs/sign?as=organisation", width: 1280 },
  { name: "signatories", path: "/letters/uyghurs/signatories?kind=individual", width: 1280 },
  { name: "admin", path: "/admin", width: 1280 },
  { name: "moderation-phone", path: "/admin/letters/uyghurs/signatures", width: 360, dark: true },
  { name: "moderation", path: "/admin/letters/uyghurs/signatures", width: 1280 },
];

const PATHS = [
  "/",
  "/letters",
  "/imprint",
  "/privacy",
  "/accessibility",
  "/letters/uyghurs/versions/1",
  "/letters/uyghurs/signatories",
  "/letters/uyghurs/signatories?q=nobody",
  "/letters/uyghurs/sign",
  "/letters/uyghurs/sign?as=organisation",
  "/letters/uyghurs/sign?as=individual",
  "/letters/uyghurs/sign/check-your-mailbox",
  "/signatures/unknown/confirm",
  "/nothing",
  "/admin",
  "/admin/site",
  "/admin/letters",
  "/admin/letters/new",
  "/admin/letters/uyghurs",
  "/admin/letters/uyghurs/text",
  "/admin/letters/uyghurs/pictures",
  "/admin/letters/uyghurs/versions",
  "/admin/letters/uyghurs/settings",
  "/admin/letters/uyghurs/signatures",
  "/admin/letters/uyghurs/signatures?state=hold",
  "/admin/signatures?state=approved&from=2020-01-01T00:00",
  "/admin/bulk",
  "/admin/protection/watchlist",
  "/admin/protection/blocklist",
  "/admin/emails",
  "/admin/team",
  "/admin/account",
];

const nameOf = (path: string) =>
  path
    .replace(/[a-z0-9]{20,}/, String(PATHS.indexOf(path)))
    .replace(/\W+/g, "-")
    .replace(/^-|-$/g, "") || "front";

function everyShot(): Shot[] {
  const choices = [360, 768, 1280].flatMap((width) => [false, true].map((dark) => ({ width, dark })));
  return ["", "/ar"].flatMap((prefix) =>
    PATHS.flatMap((path) =>
      choices.map(({ width, dark }) => ({
        name: `${prefix.slice(1)}${prefix && "-"}${nameOf(path)}-${width}${dark ? "-dark" : ""}`,
        path: prefix + (path === "/" && prefix ? "" : path),
        width,
        dark,
        whole: true,
      })),
    ),
  );
}

const ORGANISATION = {
  organisationName: "Example Trust for Memory",
  website: "https://example-trust.example.org",
  representativeName: "Zoë Example",
  representativeRole: "Director",
  authority: "on",
  country: "FR",
  comment: "Our board decided on this last week.",
};
const PERSON = { fullName: "Ada Exampleton", title: "Prof.", position: "Professor of Law", country: "GB" };

/** Signs, and finds the link that was mailed. */
async function sign({ url, mailboxUrl }: TemporaryApp, email: string, fields: object): Promise<string> {
  const as = "organisationName" in fields ? "organisation" : "individual";
  const body = new URLSearchParams({ form: "sign", email, visibility: "public", consent: "on", ...fields });
  await fetch(`${url}/letters/uyghurs/sign?as=${as}`, { method: "POST", headers: { origin: url }, body });
  return linkIn(await openMailbox(mailboxUrl).waitFor(email), "/confirm");
}

/** A signature that waits for the moderators, so that their pages show one; and links to one and to two that wait. */
async function signSomething(page: Page, app: TemporaryApp): Promise<string[]> {
  await page.goto(await sign(app, "zoe@example-trust.example.org", ORGANISATION));
  await page.locator("form#confirm button[type=submit]").click();
  await page.getByText("Your signature is confirmed").waitFor();
  const one = await sign(app, "ada@example.org", PERSON);
  const several = await sign(app, "both@example.org", { ...PERSON, visibility: "withheld" });
  await sign(app, "both@example.org", { ...ORGANISATION, organisationName: "Another Trust" });
  return [one, several].map((link) => new URL(link).pathname);
}

async function signIn(page: Page, { url, mailboxUrl }: TemporaryApp): Promise<void> {
  await page.goto(`${url}/admin/sign-in`);
  await page.fill("[name=email]", ADMIN);
  await page.locator("form#sign-in button[type=submit]").click();
  await page.waitForURL("**/check-your-mailbox");
  await page.goto(linkIn(await openMailbox(mailboxUrl).waitFor(ADMIN), "/admin/sign-in/"));
  await page.locator("form#use-link button[type=submit]").click();
  await page.waitForURL((address) => address.pathname === "/admin");
}

async function take(browser: Browser, app: TemporaryApp): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const visitor = await newVisitor(browser);
  const page = await visitor.newPage();
  PATHS.push(...(await signSomething(page, app)));
  await signIn(page, app);
  for (const { name, path, width, dark, whole } of ALL ? everyShot() : SHOTS) {
    await page.setViewportSize({ width, height: width < 700 ? 740 : 900 });
    await page.emulateMedia({ colorScheme: dark ? "dark" : "light" });
    await page.goto(app.url + path);
    const first = page.locator("a", { hasText: "Example Trust for Memory" });
    if (path === "/admin/letters/uyghurs/signatures" && (await first.count()) > 0) {
      await first.first().click();
      await page.locator("#signature").waitFor();
    }
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: join(FOLDER, `${name}.png`), fullPage: whole ?? false });
  }
  await visitor.close();
}

await buildAll();
await withTemporaryApp({ mail: true }, async (app) => {
  const browser = await launchBrowser();
  await take(browser, app).finally(() => browser.close());
});
