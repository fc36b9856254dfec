import { LIBRARY_BOUNDS } from "@/lib/cache/bounds";
import { Adapter } from "@/lib/db/adapter";
import { statementNames } from "@/lib/db/statement-names";
import { env } from "@/lib/env";
import { processWide } from "@/lib/process-wide";
import { type Prisma, PrismaClient } from "@/prisma/generated/client";

export type Tx = Prisma.TransactionClient;

// `pg` waits for ever unless told otherwise; a frozen database must not freeze its callers.
const TIMEOUTS = {
  connectionTimeoutMillis: 3_000,
  query_timeout: 4_000,
  statement_timeout: 4_000,
  lock_timeout: 3_000,
  // Longer than a transaction may last: for those whose client the server has not heard of again.
  idle_in_transaction_session_timeout: 10_000,
};

function connect(): PrismaClient {
  const adapter = new Adapter(
    { connectionString: env().databaseUrl, max: 12, ...TIMEOUTS },
    { statementNameGenerator: statementNames() },
  );
  return new PrismaClient({
    adapter,
    transactionOptions: { maxWait: 4_000, timeout: 8_000 },
    queryPlanCacheMaxSize: LIBRARY_BOUNDS.prismaPlans,
  });
}

/** The only PrismaClient of a process; it connects at the first query. */
export const db: PrismaClient = new Proxy({} as PrismaClient, {
  get(_, property) {
    const client = processWide("db", connect);
    const value = Reflect.get(client, property);
    return typeof value === "function" ? value.bind(client) : value;
  },
});

/** Inside a transaction or not. */
export type Database = PrismaClient | Tx;
