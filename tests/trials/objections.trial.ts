import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { publicId } from "@/lib/http/public-ids";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { sendNotices } from "@/lib/moderation/notices/send-notices";
import { objectedEntries, waitingObjections } from "@/lib/objections/queries";
import { MOST_TOLD } from "@/lib/objections/rules";
import { SESSION_COOKIE, sessionOf } from "../support/admin-sessions";
import { type App, startApp } from "../support/app";
import { individual, openLetter } from "../support/letters";
import { linkIn, type Mail } from "../support/mailbox";
import { moderator, waitingSignature } from "../support/moderators";
import { inLanes, post } from "../support/post";

// Somebody wants a list emptied: confirmed objections to every name, each from its own mailbox and network.
const OBJECTIONS = Number(process.env.TRIAL_OBJECTIONS ?? 1_000);
const NAMES = 50;
const LANES = 8;

let app: App;
let slug: string;
const mona = "mona@example.org";

beforeAll(async () => {
  app = await startApp({ environment: { TRUSTED_PROXIES: "127.0.0.1,::1" } });
  process.env.DATABASE_URL = app.databaseUrl;
  slug = (await openLetter({}, new Date())).slug;
  const admin = await moderator(mona);
  for (let place = 0; place < NAMES; place++) {
    const person = individual({ name: `Listed Number ${place}`, email: `listed${place}@list.example` });
    const seen = await waitingSignature(slug, person, new Date());
    await approveSignature({ admin, seen, asExpert: false, now: new Date() });
  }
}, 300_000);
afterAll(async () => {
  await db.$disconnect();
  await app?.stop();
});

const listed = async () => {
  const answer = await fetch(`${app.url}/api/v1/letters/${slug}/signatories?limit=200`);
  return ((await answer.json()) as { signatories: unknown[] }).signatories.length;
};
const network = (place: number) => `198.51.${place >> 8}.${place % 256}`;
const to = (mails: Mail[], domain: RegExp) => mails.filter((mail) => domain.test(mail.to[0]?.address ?? ""));

/** All mails, once nothing new has come for a while. */
async function settled(): Promise<Mail[]> {
  let mails = await app.mailbox.list();
  for (let quiet = 0; quiet < 5; ) {
    await pause(1_000);
    const now = await app.mailbox.list();
    quiet = now.length === mails.length ? quiet + 1 : 0;
    mails = now;
  }
  return mails;
}

it(`${OBJECTIONS} confirmed objections empty no list, flood nobody, and are ${NAMES} decisions`, async () => {
  const letter = await db.letter.findUniqueOrThrow({ where: { slug } });
  const entries = await db.publicSignatory.findMany({ where: { letterId: letter.id } });
  await settled();
  await app.mailbox.clear();
  expect(await listed()).toBe(NAMES);

  const begun = performance.now();
  const answers = new Map<number, number>();
  const places = Array.from({ length: OBJECTIONS }, (_, place) => place);
  await inLanes(LANES, places, async (place) => {
    const path = `/letters/${slug}/signatories/${publicId(entries[place % NAMES]?.id ?? "")}/objection`;
    // A domain for a hundred mailboxes.
    const email = `objector${place}@objects${Math.floor(place / 100)}.example`;
    const values = { form: "object", email, comment: "Not genuine." };
    const { status } = await post(app.url, path, values, network(place));
    answers.set(status, (answers.get(status) ?? 0) + 1);
  });
  const posted = Math.round((performance.now() - begun) / 1_000);
  const asked = to(await settled(), /@objects/);
  await inLanes(LANES, asked, async (mail) => {
    const link = linkIn(mail, "/objections/");
    const [, words = ""] = /name="words" value="([^"]*)"/.exec(await (await fetch(link)).text()) ?? [];
    return post(app.url, new URL(link).pathname, { form: "confirm-objection", words });
  });
  const told = to(await settled(), /@list\.example/);
  const open = await db.objection.count({ where: { state: "OPEN" } });
  const admin = await moderator(mona);
  const waiting = await objectedEntries(admin, "en", new Date());
  const cookie = `${SESSION_COOKIE}=${await sessionOf(admin.id)}`;
  const opened = performance.now();
  const page = await fetch(`${app.url}/admin/objections`, { headers: { cookie } });
  const bytes = (await page.text()).length;
  const ms = Math.round(performance.now() - opened);
  await sendNotices(new Date());
  const notices = to(await settled(), /^mona@/);
  console.log(
    `${OBJECTIONS} objections to ${NAMES} names in ${posted} s (${[...answers].map((one) => one.join(" × ")).join(", ")}): ` +
      `${asked.length} objectors asked, ${open} confirmed; ${told.length} signatories told, ${notices.length} emails to a moderator; ` +
      `${waiting.length} entries to decide on a page of ${Math.round(bytes / 1024)} KiB in ${ms} ms; ${await listed()} names listed`,
  );
  expect(await listed()).toBe(NAMES);
  expect(open).toBe(asked.length);
  expect(told.length).toBeLessThanOrEqual(MOST_TOLD);
  expect(waiting.length).toBe(NAMES);
  expect((await waitingObjections(admin)).count).toBe(NAMES);
  expect(notices.length).toBeLessThanOrEqual(1);

  // One network, however many mailboxes.
  let refused = 0;
  for (let place = 0; place < 30; place++) {
    const path = `/letters/${slug}/signatories/${publicId(entries[0]?.id ?? "")}/objection`;
    const values = { form: "object", email: `one${place}@objects.example`, comment: "" };
    if ((await post(app.url, path, values, "203.0.113.7")).status === 429) refused += 1;
  }
  console.log(`of 30 from one network ${refused} are refused`);
  expect(refused).toBe(20);
});
