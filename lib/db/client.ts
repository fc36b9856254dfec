import { LIBRARY_BOUNDS } from "@/lib/cache/bounds";
import { Adapter } from "@/lib/db/adapter";
import { statementNames } from "@/lib/db/statement-names";
import { env } from "@/lib/env";
import { type Prisma, PrismaClient } from "@/prisma/generated/client";

/** Inside a transaction. */
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

// Hot reload evaluates this file again and again; the connections must not multiply.
const slot = Symbol.for("undersigned.db");
const shared = globalThis as { [slot]?: PrismaClient };

/** The only PrismaClient of a process; it connects at the first query. */
export const db: PrismaClient = new Proxy({} as PrismaClient, {
  get(_, property) {
    shared[slot] ??= connect();
    const value = Reflect.get(shared[slot], property);
    return typeof value === "function" ? value.bind(shared[slot]) : value;
  },
});

/** Inside a transaction or not. */
export type Database = PrismaClient | Tx;
