import type { TestProject } from "vitest/node";
import { buildAll } from "@/dev/local/build";
import { loadSampleIfEmpty } from "@/dev/local/prepare";
import { databaseUrl, runSql, SEEDED_TEMPLATE, TEMPLATE } from "./database";
import { TEST_ENVIRONMENT } from "./environment";

/** A production build, made when the last one is stale, and a database with the sample letter to copy. */
export default async function setup(project: TestProject): Promise<void> {
  const { postgres } = project.getProvidedContext();
  await buildAll();
  await runSql(postgres.url, `CREATE DATABASE ${SEEDED_TEMPLATE} TEMPLATE ${TEMPLATE}`);
  const url = databaseUrl(postgres, SEEDED_TEMPLATE);
  await loadSampleIfEmpty({ ...TEST_ENVIRONMENT, DATABASE_URL: url });
}
