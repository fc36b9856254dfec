import { db } from "@/lib/db/client";
import { addressProblems, cleanAddress } from "@/lib/mail-address/rules";
import { withdrawSignatures } from "@/lib/signatures/withdraw-signatures";

const email = cleanAddress(process.argv[2] ?? "");
if (addressProblems(email).length > 0) {
  console.error("Whose signatures? npm run withdraw -- ADDRESS");
  process.exitCode = 1;
} else {
  const count = await withdrawSignatures({ email, now: new Date() });
  console.log(count === 0 ? "No signature was given from this mailbox." : `Withdrawn and erased: ${count}.`);
  await db.$disconnect();
}
