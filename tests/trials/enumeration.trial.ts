import { randomInt } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, startApp } from "../support/app";
import { runSql } from "../support/database";
import { individualForm, inLanes, type Posted, post } from "../support/post";

// A stranger asks each form about addresses, known and unknown in turn, and looks at answers and clock.
const PAIRS = Number(process.env.TRIAL_PAIRS ?? 2_000);
const MOST_BIAS = 0.03;
const LANES = 3;
const STATES = ["PENDING", "VERIFIED", "APPROVED", "REJECTED"] as const;
const ADMIN = "owner@known.example.net";

let app: App;
beforeAll(async () => {
  app = await startApp({ environment: { TRUSTED_PROXIES: "127.0.0.1,::1", ADMIN_EMAILS: ADMIN } });
});
afterAll(() => app.stop());

// Of a size and shape, so that nothing but the state tells them apart. One mailbox for each pair: as in life,
// most are asked about once.
const mailbox = (kind: "known" | "other", place: number) =>
  `${kind}.${String(place).padStart(6, "0")}@mail${place % 400}.example.net`;

const client = () => `198.18.${randomInt(256)}.${randomInt(256)}`;

/** Signatures of the known mailboxes, in every state, two days old. */
async function makeKnown(count: number): Promise<void> {
  Object.assign(process.env, app.environment);
  const { signLetter } = await import("@/lib/signatures/sign-letter");
  const { db } = await import("@/lib/db/client");
  const { addressHash, claimOf } = await import("@/lib/signatures/claim");
  const { individual } = await import("../support/letters");
  const now = new Date(Date.now() - 2 * 86_400_000);
  await runSql(app.databaseUrl, "UPDATE letter SET opens_at = now() - interval '30 days'");
  const places = Array.from({ length: count }, (_, place) => place);
  await inLanes(8, places, (place) =>
    signLetter({ slug: "uyghurs", locale: "en", input: individual({ email: mailbox("known", place) }), now }),
  );
  const letter = await db.letter.findFirstOrThrow({ where: { slug: "uyghurs" }, select: { id: true } });
  const claims = new Map(
    places.map((place) => {
      const email = mailbox("known", place);
      return [addressHash(email), claimOf(letter.id, email, "INDIVIDUAL", individualForm(email).fullName)];
    }),
  );
  const ids = await db.signature.findMany({ where: { addressHash: { in: [...claims.keys()] } } });
  for (const [turn, state] of STATES.entries()) {
    const chosen = ids.filter((_, place) => place % STATES.length === turn);
    const of = { id: { in: chosen.map(({ id }) => id) } };
    await db.signature.updateMany({ where: of, data: { state } });
    // As confirming does.
    for (const { id, addressHash: hash } of state === "PENDING" ? [] : chosen)
      await db.signature.update({
        where: { id },
        data: { claim: claims.get(hash ?? ""), contentDigest: null },
      });
  }
  await runSql(app.databaseUrl, "DELETE FROM mail WHERE state = 'WAITING'");
  await db.$disconnect();
}

/** What a stranger needs: the entry that they report, and links to signatures of their own, three of which may move a day. */
let entry = "";
let links: { token: string; form: string }[] = [];

async function makeOwn(): Promise<void> {
  Object.assign(process.env, app.environment);
  const { db } = await import("@/lib/db/client");
  const { publicId } = await import("@/lib/http/public-ids");
  const { manageLinkTo } = await import("../support/manage-link");
  const rows = await db.signature.findMany({
    where: { state: { in: ["VERIFIED", "APPROVED"] }, address: { not: null }, letter: { slug: "uyghurs" } },
    take: PAIRS,
    select: { id: true },
  });
  links = await Promise.all(
    rows.map(async ({ id }) => ({ token: await manageLinkTo(id), form: `move.${publicId(id)}` })),
  );
  const letter = await db.letter.findUniqueOrThrow({ where: { slug: "uyghurs" } });
  const listed = await db.publicSignatory.findFirstOrThrow({ where: { letterId: letter.id } });
  entry = publicId(listed.id);
  await db.$disconnect();
}

type Form = {
  name: string;
  /** How many pairs, where not all. */
  pairs?: () => number;
  path: (place: number) => string;
  values: (email: string, place: number) => Record<string, string>;
  known: (n: number) => string;
};

const linkOf = (place: number) => links[place] ?? { token: "", form: "" };

const FORMS: Form[] = [
  {
    name: "signing",
    path: () => "/letters/uyghurs/sign?as=individual",
    values: (email) => individualForm(email),
    known: (place) => mailbox("known", place),
  },
  {
    name: "asking for a new link",
    path: () => "/signatures/unknown/confirm",
    values: (email) => ({ form: "resend", email }),
    // Half of them have a signature that waits.
    known: (place) => mailbox("known", PAIRS + place),
  },
  {
    name: "administrators' sign-in",
    path: () => "/admin/sign-in",
    values: (email) => ({ email }),
    known: () => ADMIN,
  },
  {
    name: "asking for the link to one's own signature",
    path: () => "/signatures",
    values: (email) => ({ form: "resend", email }),
    known: (place) => mailbox("known", place),
  },
  {
    name: "reporting a name",
    path: () => `/letters/uyghurs/signatories/${entry}/objection`,
    values: (email) => ({ form: "object", email, comment: "Not genuine." }),
    known: (place) => mailbox("known", PAIRS + place),
  },
  {
    name: "changing the address",
    // Two for each link: the third would be the last of its day.
    pairs: () => links.length,
    path: (place) => `/signatures/${linkOf(place).token}`,
    values: (email, place) => ({ form: linkOf(place).form, email }),
    // Of others who have signed.
    known: (place) => mailbox("known", 2 * PAIRS - 1 - place),
  },
];

/** How probably a known address takes longer than an unknown one, a tie counting half: 0.5 where nothing can be told. */
function areaUnderCurve(known: number[], unknown: number[]): number {
  const all = [...known.map((ms) => ({ ms, known: true })), ...unknown.map((ms) => ({ ms, known: false }))];
  all.sort((a, b) => a.ms - b.ms);
  const ranks = all.reduce((sum, one, place) => sum + (one.known ? place + 1 : 0), 0);
  return (ranks - (known.length * (known.length + 1)) / 2) / (known.length * unknown.length);
}

const quantile = (values: number[], part: number) =>
  (values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ?? Number.NaN).toFixed(1);

/** An answer without what changes with the clock and with chance. */
const seen = ({ status, headers, body }: Posted, token: string) => {
  const { date: _, "content-security-policy": policy = "", "x-request-id": __, ...rest } = headers;
  const answer = { status, ...rest, policy: String(policy).replace(/nonce-[^']+/g, "nonce"), body };
  return JSON.stringify(answer).replaceAll(token || "no link", "link");
};

async function ask(form: Form) {
  const times = { known: [] as number[], unknown: [] as number[] };
  const answers = new Set<string>();
  const one = async (kind: "known" | "unknown", place: number) => {
    const email = kind === "known" ? form.known(place) : mailbox("other", place + randomInt(900_000));
    const answer = await post(app.url, form.path(place), form.values(email, place), client());
    answers.add(seen(answer, linkOf(place).token));
    times[kind].push(answer.ms);
  };
  const pairs = Array.from({ length: form.pairs?.() ?? PAIRS }, (_, place) => place);
  await inLanes(LANES, pairs, async (place) => {
    const order = randomInt(2) ? (["known", "unknown"] as const) : (["unknown", "known"] as const);
    for (const kind of order) await one(kind, place);
  });
  return { ...times, answers };
}

describe(`${PAIRS} pairs of a known and an unknown address`, () => {
  beforeAll(async () => {
    await makeKnown(2 * PAIRS);
    await makeOwn();
  }, 600_000);

  it.each(FORMS)("look the same to $name, and take the same time", async (form) => {
    const warm = Array.from({ length: 100 }, (_, place) => place);
    await inLanes(LANES, warm, () =>
      post(app.url, form.path(-1), form.values(`warm${client()}@x.example`, -1), client()),
    );
    const { known, unknown, answers } = await ask(form);
    const area = areaUnderCurve(known, unknown);
    console.log(
      `${form.name}: AUC ${area.toFixed(4)}; ms (median, 99 %, most) known ${quantile(known, 0.5)} ` +
        `${quantile(known, 0.99)} ${quantile(known, 0.9999)}, unknown ${quantile(unknown, 0.5)} ` +
        `${quantile(unknown, 0.99)} ${quantile(unknown, 0.9999)}; ${answers.size} answer`,
    );
    expect([...answers]).toHaveLength(1);
    expect(Math.abs(area - 0.5)).toBeLessThan(MOST_BIAS);
  });
});
