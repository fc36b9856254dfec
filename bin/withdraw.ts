import { askWhich, listText } from "@/bin/withdraw/choose-signatures";
import { db } from "@/lib/db/client";
import { addressProblems, cleanAddress } from "@/lib/fields/addresses/rules";
import { type HeldSignature, heldBy } from "@/lib/signatures/held-by";
import { withdrawSignatures } from "@/lib/signatures/withdraw-signatures";

const USAGE = `Withdraws the signatures of an email address and deletes their data permanently:
  npm run withdraw -- ADDRESS              lists them and asks which ones
  npm run withdraw -- ADDRESS --all        withdraws all of them, without asking
  npm run withdraw -- ADDRESS --id ID …    withdraws these, without asking`;

const [address = "", ...options] = process.argv.slice(2);
const email = cleanAddress(address);
const wanted = readOptions();

if (addressProblems(email).length > 0 || wanted === null) {
  console.error(USAGE);
  process.exitCode = 1;
} else {
  await withdraw(wanted);
  await db.$disconnect();
}

type Wanted = "ask" | "all" | string[];

function readOptions(): Wanted | null {
  if (options.length === 0) return "ask";
  if (options.length === 1 && options[0] === "--all") return "all";
  const [first, ...ids] = options;
  return first === "--id" && ids.length > 0 ? ids : null;
}

async function withdraw(which: Wanted): Promise<void> {
  const held = await heldBy(email);
  if (held.length === 0) return console.log("This address has not signed anything.");
  const ids = await idsOf(held, which);
  if (!ids) {
    process.exitCode = 1;
    return console.error("Nothing withdrawn: this address has no signature with that number or id.");
  }
  const count = await withdrawSignatures({ email, ids, now: new Date() });
  console.log(count === 0 ? "Nothing withdrawn." : `Withdrawn and deleted: ${count}.`);
}

async function idsOf(held: HeldSignature[], which: Wanted): Promise<string[] | null> {
  if (which === "all") return held.map(({ id }) => id);
  if (which !== "ask") return which.every((id) => held.some((one) => one.id === id)) ? which : null;
  console.log(listText(held));
  return askWhich(held);
}
