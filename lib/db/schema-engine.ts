import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";
import { processWide } from "@/lib/process-wide";

const ENGINE = "@prisma/schema-engine-wasm/schema_engine_bg";
const EMPTY_SCHEMA = 'datasource db {\n  provider = "postgresql"\n}\n';
/** Held by each script until its transaction ends, also where the program that sent it was killed meanwhile. */
export const SCRIPT_LOCK = 7_305_261_119;

const everything = { externalTables: [], externalEnums: [] };

/** Prisma's schema engine as WebAssembly; the native one would be downloaded at first use. */
async function load(): Promise<void> {
  const script = createRequire(import.meta.url).resolve(ENGINE);
  const bytes = await readFile(script.replace(/\.js$/, ".wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": imports() });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
}

/** The engine's clock for a lock runs on for 10 s after the answer; it must not hold the process. */
function imports(): WebAssembly.ModuleImports {
  const all: WebAssembly.ModuleImports = { ...(bindings as unknown as WebAssembly.ModuleImports) };
  const timer = Object.keys(all).find((name) => name.startsWith("__wbg_setTimeout_"));
  if (timer) all[timer] = (act: () => void, after: number) => setTimeout(act, after >>> 0).unref();
  return all;
}

/** A migration that the server refused: the message is its name and the server's words, which the engine swallows. */
export class MigrationFailed extends Error {
  override name = "MigrationFailed";

  constructor(engine: unknown, server: unknown) {
    const [, migration = "?"] = /migration_name="([^"]+)"/.exec(String(engine)) ?? [];
    super(`${migration}: ${server instanceof Error ? server.message : String(server)}`, { cause: server });
  }
}

async function openEngine(schema: string, factory: SqlMigrationAwareDriverAdapterFactory) {
  // The package keeps the engine that it was last given, for all that load this file.
  await processWide("schema-engine", load);
  return bindings.SchemaEngine.new(
    { datamodels: [["schema.prisma", schema]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(factory),
  );
}

/** Answers the one question that the engine asks when it opens: which server is this? */
function withoutDatabase(): SqlMigrationAwareDriverAdapterFactory {
  const refuse = () => Promise.reject(new Error("A difference of schemas needs no database."));
  const adapter: SqlDriverAdapter = {
    provider: "postgres",
    adapterName: "none",
    queryRaw: async () => ({
      columnTypes: [ColumnTypeEnum.Boolean, ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
      columnNames: ["exists", "version", "numeric_version"],
      rows: [[true, "PostgreSQL 18.4", 180004]],
    }),
    executeRaw: refuse,
    executeScript: refuse,
    startTransaction: refuse,
    dispose: async () => undefined,
    getConnectionInfo: () => ({ schemaName: "public", supportsRelationJoins: true }),
  };
  const connect = async () => adapter;
  return { provider: "postgres", adapterName: "none", connect, connectToShadowDb: connect };
}

function datamodel(content: string) {
  return { tag: "schemaDatamodel" as const, files: [{ path: "schema.prisma", content }] };
}

/**
 * The SQL that leads from one schema's text to another's (null: from nothing).
 * Returns null when both mean the same. Needs no database.
 */
export async function schemaDifference(from: string | null, to: string): Promise<string | null> {
  const engine = await openEngine(to, withoutDatabase());
  try {
    const result = await engine.diff({
      from: datamodel(from ?? EMPTY_SCHEMA),
      to: datamodel(to),
      script: true,
      exitCode: true,
      filters: everything,
    });
    return result.exitCode === 0 ? null : (result.stdout ?? "");
  } finally {
    engine.free();
  }
}

/**
 * Applies what the database lacks of the listed migrations and records it in `_prisma_migrations`.
 * Returns the names of those applied.
 * @throws MigrationFailed with what the server said of the one that failed
 */
export async function applyMigrationList(
  databaseUrl: string,
  migrationsList: bindings.MigrationList,
): Promise<string[]> {
  // A pool of our own: the engine never closes its connection, on which it holds Prisma's lock.
  const pool = new pg.Pool({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  let refusal: unknown;
  const run = async (script: string) => {
    await pool.query(noted(script)).catch((error) => {
      refusal = error;
      throw error;
    });
  };
  try {
    const engine = await openEngine(EMPTY_SCHEMA, runningWholeScripts(pool, run));
    const result = await engine.applyMigrations({ migrationsList, filters: everything });
    engine.free();
    return result.appliedMigrationNames;
  } catch (error) {
    throw refusal ? new MigrationFailed(error, refusal) : error;
  } finally {
    await pool.end();
  }
}

/**
 * Prisma's adapter cuts a script at every semicolon, even inside a function's body. The server needs no
 * cutting: it runs the whole as one transaction, with the note that it is done. So what has no note has done
 * nothing.
 */
function runningWholeScripts(
  pool: pg.Pool,
  executeScript: (script: string) => Promise<void>,
): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPg(pool);
  const connect = async () => {
    return Object.assign(await factory.connect(), { executeScript });
  };
  return {
    provider: "postgres",
    adapterName: factory.adapterName,
    connect,
    connectToShadowDb: () => factory.connectToShadowDb(),
  };
}

/** The engine knows a migration by the checksum of its script. */
const noted = (script: string) => `SELECT pg_advisory_xact_lock(${SCRIPT_LOCK});
${script}
;UPDATE _prisma_migrations SET finished_at = now()
 WHERE checksum = '${createHash("sha256").update(script).digest("hex")}' AND finished_at IS NULL AND rolled_back_at IS NULL;`;
