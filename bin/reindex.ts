// Makes the indexes of the public list anew, after an update sorts or searches otherwise.
import { env } from "@/lib/env";
import { reindexList } from "@/lib/signatories/reindex-list";

const count = await reindexList(env().databaseUrl);
process.stdout.write(`The list is sorted and searched anew: ${count} entries.\n`);
