import { db } from "@/lib/db/client";
import { addressProblems, cleanAddress } from "@/lib/fields/addresses/rules";
import { allowAddress } from "@/lib/mail/allow-address";

const USAGE = `Allows emails again to an address that bounced, reported spam or stopped emails:
  npm run mail -- allow ADDRESS`;

const [command, address = ""] = process.argv.slice(2);
const email = cleanAddress(address);

if (command !== "allow" || addressProblems(email).length > 0) {
  console.error(USAGE);
  process.exitCode = 1;
} else {
  const freed = await allowAddress({ email, now: new Date() });
  console.log(
    freed ? "This address gets emails again." : "Nothing has changed: this address already gets emails.",
  );
  await db.$disconnect();
}
