import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { explain } from "@/bin/launch/progress";
import { endProcess, spawnService } from "@/bin/launch/services";
import { buildAll } from "@/dev/local/build";
import { mailboxService } from "@/dev/local/mailbox-service";
import { freePort } from "@/dev/local/ports";
import { loadSampleIfEmpty } from "@/dev/local/prepare";
import { serveBrowser } from "./browser";
import { databaseUrl, runSql, SEEDED_TEMPLATE, TEMPLATE } from "./database";
import { TEST_ENVIRONMENT } from "./environment";

/**
 * What all browser tests of a run share: one Chromium, a mailbox for each of Vitest's workers, a database with the
 * sample letter to copy, and the build, which is made while other tests run (`built.ts` waits for it).
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "undersigned-shared-"));
  process.env.BUILT = join(folder, "built");
  const building = buildAll()
    .then(() => "", explain)
    .then((problem) => writeFile(String(process.env.BUILT), problem));
  const [browser, mailboxes] = await Promise.all([
    serveBrowser(),
    Promise.all(
      Array.from({ length: Number(project.config.maxWorkers) }, (_, place) => startMailbox(folder, place)),
    ),
    seedTemplate(project),
  ]);
  process.env.SHARED_BROWSER = browser.wsEndpoint();
  process.env.SHARED_MAILBOXES = JSON.stringify(mailboxes.map(({ web, smtp }) => ({ web, smtp })));
  return async () => {
    await building;
    await Promise.all([browser.close(), ...mailboxes.map(({ child }) => endProcess(child))]);
    await rm(folder, { recursive: true, force: true });
  };
}

async function startMailbox(folder: string, place: number) {
  const [web, smtp] = [await freePort(), await freePort()];
  const child = spawnService(await mailboxService(join(folder, `mail-${place}`), web, smtp));
  return { web, smtp, child };
}

async function seedTemplate(project: TestProject): Promise<void> {
  const { postgres } = project.getProvidedContext();
  await runSql(postgres.url, `CREATE DATABASE ${SEEDED_TEMPLATE} TEMPLATE ${TEMPLATE}`);
  const url = databaseUrl(postgres, SEEDED_TEMPLATE);
  await loadSampleIfEmpty({ ...TEST_ENVIRONMENT, DATABASE_URL: url });
}
