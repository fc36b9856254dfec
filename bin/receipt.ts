import { readFile } from "node:fs/promises";
import { verifyReceipts } from "@/lib/signatures/receipt/signed-receipt";

const USAGE = `Checks a consent receipt that a signatory downloaded:
  npm run receipt -- FILE`;

const [file] = process.argv.slice(2);
const text = file && (await readFile(file, "utf8").catch(() => null));
const verdicts = text ? verifyReceipts(text) : null;

if (!file) console.error(USAGE);
else if (!verdicts) console.error(`${file} can’t be read, or holds no consent receipt.`);
for (const { record, genuine } of verdicts ?? [])
  console.log(
    genuine
      ? `Genuine: this site made receipt ${record}, and nobody has changed it.`
      : `Not genuine: receipt ${record} was changed, or this site’s key did not make it.`,
  );
process.exitCode = verdicts?.every(({ genuine }) => genuine) ? 0 : 1;
