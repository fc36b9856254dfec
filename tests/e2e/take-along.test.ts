import { buffer } from "node:stream/consumers";
import { parse } from "csv-parse/sync";
import type { Browser, Page } from "playwright-core";
import readXlsxFile from "read-excel-file/node";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bySignatory } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { publicId } from "@/lib/http/public-ids";
import { makeDueCopies } from "@/lib/letters/press-copy/make-copies";
import { withdrawSignature } from "@/lib/signatures/withdraw-signature";
import { SESSION_COOKIE, validSession } from "../support/admin-sessions";
import { type App, startApp } from "../support/app";
import { approvedRows } from "../support/approved-rows";
import { type ContextChoice, launchBrowser, newVisitor } from "../support/browser";
import { individual } from "../support/letters";
import { linkIn } from "../support/mailbox";
import { readPdf } from "../support/read-pdf";

let app: App;
let browser: Browser;
const SLUG = "uyghurs";
const EXPORT = `/admin/letters/${SLUG}/export`;

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

async function signedIn(
  address: string,
  role: "OWNER" | "MODERATOR",
  choice: ContextChoice = {},
): Promise<Page> {
  const context = await newVisitor(browser, choice);
  await context.addCookies([
    { name: SESSION_COOKIE, value: await validSession(address, role), url: app.url },
  ]);
  return context.newPage();
}

/** What a link gives the one who opens it. */
async function download(page: Page, link: string): Promise<{ name: string; file: Buffer }> {
  const began = page.waitForEvent("download");
  await page.getByRole("link", { name: link }).first().click();
  const taken = await began;
  return { name: taken.suggestedFilename(), file: await buffer(await taken.createReadStream()) };
}

const person = (name: string, visibility: "PUBLIC" | "WITHHELD" = "PUBLIC") =>
  individual({ name, visibility, email: `${name.toLowerCase().replace(" ", ".")}@takealong.example` });

it("takes signatures along from the list, in a file that is void when somebody in it leaves", async () => {
  const { id: letterId } = await db.letter.findUniqueOrThrow({ where: { slug: SLUG } });
  await approvedRows(letterId, [person("Zoe Taken"), person("Hidden Taken", "WITHHELD")]);
  const owner = await signedIn("owner@example.org", "OWNER");
  await owner.goto(`${app.url}/admin/letters/${SLUG}/signatures?state=approved&text=taken`);
  await owner.getByRole("link", { name: "Export these signatures" }).click();
  await owner.getByRole("heading", { name: "Export signatures" }).waitFor();
  await owner.getByRole("definition").filter({ hasText: "taken" }).waitFor();
  await owner.getByLabel("Kind").uncheck();
  await owner.getByLabel("Include signatures that don’t show their name").check();
  await owner.getByRole("button", { name: "Make the file" }).click();
  // The page shows it by itself once it is there.
  await owner.getByText("2 signatures,").waitFor();
  const csv = await download(owner, "Download");
  expect(csv.name).toMatch(/^uyghurs-signatures-\d{4}-\d\d-\d\d-WITH-HIDDEN-NAMES\.csv$/);
  await owner.getByText("With hidden names. Don’t publish it.").waitFor();
  const lines: Record<string, string>[] = parse(csv.file, { bom: true, columns: true });
  expect(lines.map((line) => [line.Name, line["Name is shown"], line.Kind])).toEqual([
    ["Zoe Taken", "Yes", undefined],
    ["Hidden Taken", "No", undefined],
  ]);

  // Another who may export has no use for the link.
  const { id } = await db.exportFile.findFirstOrThrow({ where: { letterId } });
  const moderator = await signedIn("mona@example.org", "MODERATOR", { javaScript: false });
  const link = `${app.url}${EXPORT}/${publicId(id)}/file`;
  const another = await moderator.request.get(link);
  expect([another.status(), await another.text()]).toEqual([
    404,
    expect.stringContaining("Only the person who made"),
  ]);
  expect(await (await fetch(link)).text()).toContain("Sign in first");

  // Who has left a session open for long must say once more who they are.
  await db.adminSession.updateMany({ data: { createdAt: new Date(Date.now() - 20 * 60_000) } });
  await owner.goto(link);
  await owner.getByText("Confirm that it’s you, then download the file.").waitFor();
  expect(await owner.getByRole("link", { name: "Download" }).count()).toBe(0);
  expect(await owner.getByLabel("Include signatures that don’t").count()).toBe(0);
  // By a mailed link, which leads back to the same signatures.
  await owner.goto(`${app.url}/admin/letters/${SLUG}/signatures?state=approved&text=taken`);
  await owner.getByRole("link", { name: "Export these signatures" }).click();
  await owner.getByRole("link", { name: "Sign in again" }).last().click();
  await owner.getByLabel("Email address").fill("owner@example.org");
  await owner.getByRole("button", { name: "Email me a link" }).click();
  await owner.getByRole("heading", { name: "Check your email" }).waitFor();
  await owner.goto(linkIn(await app.mailbox.waitFor("owner@example.org"), "/admin/sign-in/"));
  await owner.getByRole("button", { name: "Sign in" }).click();
  await owner.getByRole("definition").filter({ hasText: "taken" }).waitFor();
  await owner.getByLabel("Include signatures that don’t show their name").waitFor();

  // Without JavaScript, by somebody who sees no hidden names.
  await moderator.goto(app.url + EXPORT);
  await moderator.getByText("Only owners of this site can export hidden names").waitFor();
  for (const box of await moderator.getByRole("checkbox").all()) await box.uncheck();
  await moderator.getByRole("button", { name: "Make the file" }).click();
  await moderator.getByRole("link", { name: "Choose at least one column." }).waitFor();
  await moderator.getByLabel("Name", { exact: true }).check();
  await moderator.getByLabel("Excel (XLSX)").check();
  await moderator.getByRole("button", { name: "Make the file" }).click();
  await expect
    .poll(async () => {
      await moderator.goto(app.url + EXPORT);
      return moderator.getByRole("link", { name: "Download" }).count();
    })
    .toBe(1);
  const xlsx = await download(moderator, "Download");
  const [{ data: [, ...rows] = [] } = {}] = await readXlsxFile(xlsx.file);
  const listed = await db.publicSignatory.findMany({ where: { letterId }, select: { name: true } });
  expect(rows.flat().sort()).toEqual(listed.map(({ name }) => name).sort());

  const { signatureId } = await db.publicSignatory.findFirstOrThrow({
    where: { letterId, section: "EXPERTS" },
  });
  await db.$transaction((tx) =>
    withdrawSignature(tx, signatureId, "signature.withdraw", bySignatory(new Date())),
  );
  await moderator.goto(app.url + EXPORT);
  await moderator.getByText("Deleted: someone in it has withdrawn").waitFor();
  expect((await owner.request.get(link, { maxRedirects: 0 })).headers().location).toBe(
    `${EXPORT}?gone=stale`,
  );
  await owner.goto(`${app.url}${EXPORT}?text=nobodyofthatname&from=2030-01-01T00:00`);
  await owner.getByRole("button", { name: "Make the file" }).click();
  await owner.getByText("so there is nothing to export").first().waitFor();
});

it("offers readers the list as a file where the letter's owner allows it", async () => {
  const visitor = await (await newVisitor(browser)).newPage();
  const list = `${app.url}/letters/${SLUG}/signatories`;
  expect((await visitor.request.get(`${list}.csv`)).status()).toBe(404);
  await visitor.goto(list);
  expect(await visitor.getByRole("link", { name: "CSV" }).count()).toBe(0);
  const owner = await signedIn("owner@example.org", "OWNER");
  await owner.goto(`${app.url}/admin/letters/${SLUG}/settings`);
  await owner.getByLabel("Offer the public list as a file").check();
  await owner.locator("form#list button[type=submit]").click();
  await owner.getByRole("status").filter({ hasText: "Saved." }).waitFor();
  await expect
    .poll(async () => {
      await visitor.goto(list);
      return visitor.getByRole("link", { name: "CSV" }).count();
    })
    .toBe(1);
  const csv = await download(visitor, "CSV");
  expect(csv.name).toMatch(/^uyghurs-signatories-\d{4}-\d\d-\d\d\.csv$/);
  const lines: Record<string, string>[] = parse(csv.file, { bom: true, columns: true });
  const { id: letterId } = await db.letter.findUniqueOrThrow({ where: { slug: SLUG } });
  const listed = await db.publicSignatory.findMany({ where: { letterId } });
  expect(lines.map(({ name }) => name).sort()).toEqual(listed.map(({ name }) => name).sort());
  const json = await visitor.request.get(`${list}.json`);
  expect(json.headers()["cache-control"]).toBe("public, max-age=0, s-maxage=5");
  expect((await json.json()).signatories.length).toBe(listed.length);
});

it("gives journalists the letter as a PDF, and nobody a copy that names somebody who has gone", async () => {
  const visitor = await (await newVisitor(browser)).newPage();
  const { id: letterId } = await db.letter.findUniqueOrThrow({ where: { slug: SLUG } });
  await makeDueCopies(new Date());
  await visitor.goto(`${app.url}/letters/${SLUG}`);
  const copy = await download(visitor, "Download this letter with its names as a PDF");
  expect(copy.name).toMatch(/^uyghurs-edition-\d+\.pdf$/);
  const gone = await db.publicSignatory.findFirstOrThrow({
    where: { letterId, section: "ORGANISATIONS", name: { not: { contains: "-" } } },
  });
  const words = (text: string) => text.replace(/\s+/g, " ");
  expect(words((await readPdf(copy.file)).text)).toContain(gone.name);
  const owner = await signedIn("owner@example.org", "OWNER");
  await owner.goto(app.url + EXPORT);
  await owner.getByRole("link", { name: "English: edition" }).waitFor();
  await app.stopWorker();
  await db.$transaction((tx) =>
    withdrawSignature(tx, gone.signatureId, "signature.withdraw", bySignatory(new Date())),
  );
  const address = `${app.url}/letters/${SLUG}/letter.pdf`;
  await expect.poll(async () => (await visitor.request.get(address)).status()).toBe(503);
  await app.startWorker();
  // At once, by the job that the withdrawal queued.
  await expect.poll(async () => (await visitor.request.get(address)).status()).toBe(200);
  const next = await readPdf(await (await visitor.request.get(address)).body());
  expect(words(next.text)).not.toContain(gone.name);
});
