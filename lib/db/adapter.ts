import { PrismaPg } from "@prisma/adapter-pg";

/**
 * Prisma's way to PostgreSQL, which keeps no connection that is still inside a transaction. Prisma gives a connection
 * back whether or not its ROLLBACK was answered; behind a frozen server the next statements would then join the
 * abandoned transaction, be answered as successes and never be committed.
 */
export class Adapter extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    // The pool asks afterwards whether the connection is ending, and drops it.
    adapter.underlyingDriver().on("release", (_, client) => {
      if (client.getTransactionStatus() !== "I") void client.end();
    });
    return adapter;
  }
}
