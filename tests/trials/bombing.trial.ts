import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canonicalAddress } from "@/lib/fields/addresses/rules";
import { type App, startApp } from "../support/app";
import { runSql } from "../support/database";
import { individualForm, inLanes, organisationForm, post } from "../support/post";

// Somebody has the site mail a third party, by every spelling and form, each time from a new network.
const REQUESTS = Number(process.env.TRIAL_REQUESTS ?? 1_000);
const LANES = 16;

let app: App;
beforeAll(async () => {
  app = await startApp({ environment: { TRUSTED_PROXIES: "127.0.0.1,::1" } });
});
afterAll(() => app.stop());

/** Spellings of one mailbox: case, sub-addresses, dots where the provider has none, its other domain, wide letters. */
const SPELLINGS = [
  ...[
    "ada.example",
    "adaexample",
    "a.d.a.example",
    "AdaExample",
    "ADA.EXAMPLE",
    "a.daexample",
    "adaexampl.e",
  ],
  ...[
    "adaexample+news",
    "ada.example+x",
    "Ada.Example+Y+z",
    "adaexample+1",
    "adaexample+2",
    "a.d.a.e.x.a.m.p.l.e",
  ],
  ...["ａｄａexample", "ada.ｅｘａｍｐｌｅ", "ADAexample+ÄÖ"],
].flatMap((name) => [`${name}@gmail.com`, `${name}@GoogleMail.com`, `${name}@ｇmail.com`]);

type Attempt = { path: string; values: Record<string, string> };

function attempts(): Attempt[] {
  return Array.from({ length: REQUESTS }, (_, place) => {
    const email = SPELLINGS[place % SPELLINGS.length] ?? "";
    const forms: Attempt[] = [
      { path: "/letters/uyghurs/sign?as=individual", values: individualForm(email) },
      { path: "/letters/uyghurs/sign?as=organisation", values: organisationForm(email, `Example ${place}`) },
      {
        path: "/ar/letters/uyghurs/sign?as=individual",
        values: individualForm(email, { fullName: `Ada ${place}` }),
      },
      { path: "/signatures/unknown/confirm", values: { form: "resend", email } },
      { path: "/admin/sign-in", values: { email } },
    ];
    return forms[place % 5] as Attempt;
  });
}

/** A form that is posted again and again for the same mailbox, or by the same link, and the mails that may follow. */
type Repeated = { name: string; most: number; to: string[]; post: (place: number) => Attempt };

/** Somebody's confirmed signature, the link to it, and an entry of the list. */
async function signedBy(email: string) {
  Object.assign(process.env, app.environment);
  const { db } = await import("@/lib/db/client");
  const { publicId } = await import("@/lib/http/public-ids");
  const { manageLinkTo } = await import("../support/manage-link");
  const { individual } = await import("../support/letters");
  const { waitingSignature } = await import("../support/moderators");
  const { signatureId } = await waitingSignature("uyghurs", individual({ email }), new Date());
  const token = await manageLinkTo(signatureId);
  const letter = await db.letter.findUniqueOrThrow({ where: { slug: "uyghurs" } });
  const entry = await db.publicSignatory.findFirstOrThrow({ where: { letterId: letter.id } });
  await db.$disconnect();
  return { path: `/signatures/${token}`, id: publicId(signatureId), entry: publicId(entry.id) };
}

const address = (place: number) => `198.51.${(place >> 8) % 256}.${place % 256}`;

describe(`${REQUESTS} requests for mail to one mailbox`, () => {
  it("over at least 20 spellings end in three mails at most, ten minutes apart", async () => {
    const spellings = new Set(SPELLINGS);
    expect(spellings.size).toBeGreaterThanOrEqual(20);
    expect(new Set(SPELLINGS.map(canonicalAddress))).toEqual(new Set(["adaexample@gmail.com"]));

    const answers = new Map<string, number>();
    const numbered = attempts().map((attempt, place) => ({ ...attempt, place }));
    await inLanes(LANES, numbered, async ({ path, values, place }) => {
      const { status, headers } = await post(app.url, path, values, address(place));
      const answer = `${path} ${status} ${headers.location}`;
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
    });
    console.log([...answers].map(([answer, count]) => `${count} × ${answer}`).join("\n"));
    // One answer for each form, whatever is behind it. A busy machine may say 503, which promises nothing.
    const promised = [...answers.keys()].filter((answer) => !answer.includes(" 503 "));
    expect(promised).toHaveLength(5);
    expect(promised.every((answer) => answer.includes(" 303 "))).toBe(true);

    const atOnce = await settledMails();
    // A day in moments: time passes by ten minutes, again and again, for what was sent and for what waits.
    const arrivals: number[] = [];
    let seen = atOnce.length;
    for (let minutes = 10; minutes <= 60; minutes += 10) {
      await passTenMinutes();
      const now = (await settledMails()).length;
      for (; seen < now; seen++) arrivals.push(minutes);
    }
    const all = await settledMails();
    // One link shows all that waits: nothing is lost, and no further mail is owed.
    const [waiting] = await runSql<{ count: number; held: number }>(
      app.databaseUrl,
      `SELECT count(*)::int, (SELECT count(*)::int FROM mail WHERE state = 'HELD') AS held
       FROM signature WHERE state = 'PENDING'`,
    );
    console.log(
      `${REQUESTS} requests, ${spellings.size} spellings, 5 forms: ${atOnce.length} mail at once, ` +
        `${arrivals.length} more after ${arrivals.join(" and ")} minutes; ${all.length} in 24 hours, ` +
        `${waiting?.count} entries wait behind the link, ${waiting?.held} mails are held`,
    );
    expect(atOnce).toHaveLength(1);
    expect(all.length).toBeLessThanOrEqual(3);
    expect(waiting?.count).toBeGreaterThan(0);
  });
});

describe(`${REQUESTS} requests by each of the forms about what is signed`, () => {
  it("end in a few mails to anybody", async () => {
    const [owner, reported] = ["owner@victim.example", "reporter@victim.example"];
    const { path, id, entry } = await signedBy(owner);
    const strangers = Array.from({ length: REQUESTS }, (_, place) => `stranger${place}@many.example`);
    const correct = { fullName: "Ada Exampleton", country: "GB", title: "", position: "", affiliation: "" };
    const forms: Repeated[] = [
      {
        name: "asking for one's own link",
        most: 1,
        to: [owner],
        post: () => ({ path: "/signatures", values: { form: "resend", email: owner } }),
      },
      {
        name: "reporting a name, from one mailbox",
        most: 1,
        to: [reported],
        post: () => ({
          path: `/letters/uyghurs/signatories/${entry}/objection`,
          values: { form: "object", email: reported },
        }),
      },
      {
        name: "correcting what is shown",
        most: 1,
        to: [owner],
        post: (place) => ({
          path,
          values: { ...correct, form: `correct.${id}`, affiliation: `Institute ${place}` },
        }),
      },
      {
        name: "moving to strangers' addresses: them, and the owner",
        most: 6,
        to: [owner, ...strangers],
        post: (place) => ({ path, values: { form: `move.${id}`, email: strangers[place] ?? "" } }),
      },
    ];
    for (const { name, most, to, post: attempt } of forms) {
      const before = (await settledMails()).length;
      const answers = new Map<number, number>();
      const places = Array.from({ length: REQUESTS }, (_, place) => place);
      await inLanes(LANES, places, async (place) => {
        const { path: where, values } = attempt(place);
        const { status } = await post(app.url, where, values, address(place));
        answers.set(status, (answers.get(status) ?? 0) + 1);
      });
      const mails = (await settledMails()).slice(before);
      const recipients = new Set(to);
      const told = mails.filter((mail) => mail.to.some((one) => recipients.has(one.address)));
      const said = [...answers].map(([status, count]) => `${count} × ${status}`).join(", ");
      console.log(`${name}: ${REQUESTS} requests (${said}), ${mails.length} mails at once`);
      expect(told.length).toBe(mails.length);
      expect(mails.length, name).toBeLessThanOrEqual(most);
      expect(mails.length, name).toBeGreaterThan(0);
    }
  });
});

async function passTenMinutes(): Promise<void> {
  const ago = "interval '10 minutes'";
  await runSql(
    app.databaseUrl,
    `UPDATE address_mail SET sent_at = ARRAY(SELECT t - ${ago} FROM unnest(sent_at) t ORDER BY t)`,
  );
  await runSql(app.databaseUrl, `UPDATE mail SET not_before = not_before - ${ago} WHERE state = 'HELD'`);
}

/** Everything in the mailbox, to whomever, once nothing new arrives. */
async function settledMails() {
  let mails = await app.mailbox.list();
  for (let quiet = 0; quiet < 3; ) {
    await pause(1_000);
    const now = await app.mailbox.list();
    quiet = now.length === mails.length ? quiet + 1 : 0;
    mails = now;
  }
  return mails;
}
