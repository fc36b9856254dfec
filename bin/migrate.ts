// Brings the tables of the database, and those of its queue, up to this version.
import { prepareDatabase } from "@/bin/launch/database";
import { env } from "@/lib/env";

const applied = await prepareDatabase(env().databaseUrl);
process.stdout.write(
  applied.length === 0 ? "The database is up to date.\n" : `Applied ${applied.join(", ")}.\n`,
);
