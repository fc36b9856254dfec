// Makes the indexes of the public list anew: the server sorts otherwise since an update, or the program searches otherwise.
import { env } from "@/lib/env";
import { reindexList } from "@/lib/signatories/reindex-list";

const count = await reindexList(env().databaseUrl);
process.stdout.write(`The list is sorted and searched anew: ${count} entries.\n`);
