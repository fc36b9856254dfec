import { db } from "@/lib/db/client";
import { addressProblems, cleanAddress } from "@/lib/fields/addresses/rules";
import { allowAddress } from "@/lib/mail/allow-address";

const USAGE = `Mail to an address that bounced or was reported as unwanted:
  npm run mail -- allow ADDRESS   lets it have mail again`;

const [command, address = ""] = process.argv.slice(2);
const email = cleanAddress(address);

if (command !== "allow" || addressProblems(email).length > 0) {
  console.error(USAGE);
  process.exitCode = 1;
} else {
  const freed = await allowAddress({ email, now: new Date() });
  console.log(freed ? "The address gets mail again." : "Nothing was changed: the address gets mail already.");
  await db.$disconnect();
}
