import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { buildAndNote } from "@/dev/local/build";
import { loadSampleIfEmpty } from "@/dev/local/prepare";
import { databaseUrl, runSql, SEEDED_TEMPLATE, TEMPLATE } from "./database";
import { TEST_ENVIRONMENT } from "./environment";

/**
 * What all browser tests of a run share: a database with the sample letter to copy, and the build, which is made while
 * other tests run (`built.ts` waits for it).
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "undersigned-shared-"));
  // A whole run has begun it already.
  const isBegun = process.env.BUILT !== undefined;
  process.env.BUILT ??= join(folder, "built");
  const building = isBegun ? undefined : buildAndNote(process.env.BUILT);
  await seedTemplate(project);
  return async () => {
    await building;
    await rm(folder, { recursive: true, force: true });
  };
}

async function seedTemplate(project: TestProject): Promise<void> {
  const { postgres } = project.getProvidedContext();
  await runSql(postgres.url, `CREATE DATABASE ${SEEDED_TEMPLATE} TEMPLATE ${TEMPLATE}`);
  const url = databaseUrl(postgres, SEEDED_TEMPLATE);
  await loadSampleIfEmpty({ ...TEST_ENVIRONMENT, DATABASE_URL: url });
}
