import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { listPath } from "@/app/[locale]/admin/_parts/paths";
import { db } from "@/lib/db/client";
import { addBlock } from "@/lib/moderation/blocklist/add-block";
import { draftAction } from "@/lib/moderation/bulk/draft-action";
import { readDraft } from "@/lib/moderation/bulk/preview";
import { type Filters, wholeView } from "@/lib/moderation/filters/rules";
import { addToWatchlist } from "@/lib/moderation/watchlist/add-to-watchlist";
import { addressHash } from "@/lib/signatures/claim";
import { SESSION_COOKIE, validSession } from "../support/admin-sessions";
import { type App, startApp } from "../support/app";
import { draft, standingDump } from "../support/bulk-actions";
import { runSql } from "../support/database";
import { moderator } from "../support/moderators";
import { inLanes } from "../support/post";
import { type ResendStandIn, startResendStandIn } from "../support/resend-stand-in";
import { BLOCKED_DOMAIN, castOf, type Signer, WATCHED } from "./brigade/cast";
import { confirm, sign } from "./brigade/sign";

// A brigade signs a letter among genuine people, over HTTP, reading mailboxes and confirming links.
const BOTS = Number(process.env.TRIAL_BOTS ?? 5_000);
const SLUG = "uyghurs";
const LANES = 16;
/** A day in slices of five minutes. */
const DAY_SLICES = 288;

let app: App;
let provider: ResendStandIn;

beforeAll(async () => {
  provider = await startResendStandIn();
  const environment = {
    TRUSTED_PROXIES: "127.0.0.1,::1",
    RESEND_API_KEY: "re_trial",
    RESEND_BASE_URL: provider.url,
  };
  app = await startApp({ environment });
  Object.assign(process.env, { DATABASE_URL: app.databaseUrl });
});
afterAll(async () => {
  await db.$disconnect();
  await app?.stop();
  await provider?.stop();
});

it(`sees through a brigade of ${BOTS}`, async () => {
  const began = Date.now();
  const admin = await moderator("mona@example.org");
  const { id: letterId } = await db.letter.findUniqueOrThrow({ where: { slug: SLUG } });
  for (const name of WATCHED)
    await addToWatchlist({ admin, letterId, watched: { name, note: null }, now: new Date() });
  const block = { kind: "DOMAIN", pattern: BLOCKED_DOMAIN, reason: "Known from another letter." } as const;
  await addBlock({ admin, block, now: new Date() });

  const cast = castOf(BOTS / 5_000);
  let proofs = 0;
  const stopConfirming = keepConfirming(new Set(cast.map(({ email }) => email)));
  await inLanes(LANES, cast, async (signer) => {
    if (await sign(app.url, SLUG, signer)) proofs++;
  });
  const signed = Date.now();
  await passDay();
  const confirmed = await stopConfirming();
  const seconds = (from: number, to = Date.now()) => `${Math.round((to - from) / 1_000)} s`;
  report(
    `${cast.length} signed in ${seconds(began, signed)}, ${proofs} with a proof of work that was asked for`,
  );
  report(`${confirmed} mails read and confirmed ${seconds(signed)} later, in ${provider.calls.length} calls`);

  const rows = await standings(letterId, cast);
  table(rows);
  const bots = rows.filter(({ signer }) => signer.bot);
  const genuine = rows.filter(({ signer }) => !signer.bot);
  expect(bots.length + genuine.length).toBe(cast.length);
  const noticed = bots.filter(({ flags, hold }) => flags.length > 0 || hold !== null);
  report(
    `bots flagged or onHold: ${noticed.length} of ${bots.length} (${percent(noticed.length, bots.length)})`,
  );
  const apart = genuine.filter(({ hold }) => hold !== null);
  const flagged = genuine.filter(({ flags }) => flags.length > 0);
  report(`genuine: ${genuine.length} verified, ${apart.length} of them in hold, ${flagged.length} flagged`);

  for (const words of new Set(flagged.map(({ flags, signer }) => `${flags} (${signer.kind})`)))
    report(`of the genuine flagged: ${words}`);
  const filters = await choose(admin, letterId);
  const before = await standingDump(letterId);
  const actionBegan = Date.now();
  const act = await runOverHttp(filters);
  report(`one bulk rejection of ${act.total} took ${seconds(actionBegan)}`);
  const after = await standings(letterId, cast);
  const out = after.filter(({ state, hold }) => state === "REJECTED" || hold === "BULK");
  const botsOut = out.filter(({ signer }) => signer.bot).length;
  const botsLeft = after.filter(
    ({ signer, state, hold }) => signer.bot && state === "VERIFIED" && hold === null,
  );
  report(
    `removed: ${botsOut} of ${bots.length} bots (${percent(botsOut, bots.length)}), ${out.length - botsOut} genuine`,
  );
  report(`bots left in the moderators' queue: ${botsLeft.length}`);

  const undoBegan = Date.now();
  await undoOverHttp(act.id);
  report(`undoing it took ${seconds(undoBegan)}`);
  expect(await standingDump(letterId)).toBe(before);
  report("after it, every column of every signature, signatory and count is as before");

  expect(genuine.filter(({ state }) => state !== "VERIFIED")).toEqual([]);
  expect(noticed.length / bots.length).toBeGreaterThanOrEqual(0.99);
  expect(out.filter(({ signer }) => !signer.bot)).toEqual([]);
  expect(botsOut / bots.length).toBeGreaterThanOrEqual(0.99);
});

/** Reads the signers' mailboxes and confirms, while others still sign; ends when no mail has come for a while. */
function keepConfirming(mailboxes: Set<string>): () => Promise<number> {
  let [ended, done, confirmed] = [false, 0, 0];
  const work = async () => {
    for (let quiet = 0; !ended || quiet < 20; ) {
      const mails = provider.accepted.slice(done);
      quiet = mails.length > 0 ? 0 : quiet + 1;
      const links = mails.filter(({ to }) => mailboxes.has(to));
      await inLanes(6, links, ({ text }) => confirm(app.url, text));
      done += mails.length;
      confirmed += links.length;
      if (mails.length === 0) await pause(500);
    }
    return confirmed;
  };
  const working = work();
  return () => {
    ended = true;
    return working;
  };
}

/** Lets a day pass in which mails of signings without a proof leave, five minutes a second, for what nobody works on. */
async function passDay(): Promise<void> {
  const due = () =>
    db.mail.count({ where: { state: "HELD", notBefore: { lt: new Date(Date.now() + 20 * 3_600_000) } } });
  let slices = 0;
  for (; (await due()) > 0 && slices < DAY_SLICES; slices++) {
    // By a connection of its own: it may take longer than the program's may.
    await runSql(
      app.databaseUrl,
      `UPDATE address_mail SET sent_at = ARRAY(SELECT t - interval '5 minutes' FROM unnest(sent_at) t ORDER BY t)
       WHERE address_hash IN (SELECT address_hash FROM address_mail FOR UPDATE SKIP LOCKED)`,
    );
    await runSql(
      app.databaseUrl,
      `UPDATE mail SET not_before = not_before - interval '5 minutes'
       WHERE id IN (SELECT id FROM mail WHERE state = 'HELD' FOR UPDATE SKIP LOCKED)`,
    );
    await pause(1_500);
  }
  report(`after ${((slices * 5) / 60).toFixed(1)} hours ${await due()} mails wait for a part of this day`);
}

type Row = { signer: Signer; state: string; hold: string | null; flags: string[] };

/** How every signature of the cast stands. */
async function standings(letterId: string, cast: Signer[]): Promise<Row[]> {
  const byHash = new Map(cast.map((signer) => [addressHash(signer.email), signer]));
  const rows = await db.signature.findMany({
    where: { letterId },
    select: { addressHash: true, state: true, hold: true, flags: true },
  });
  return rows.flatMap(({ addressHash: hash, ...row }) => {
    const signer = byHash.get(hash ?? "");
    return signer ? [{ signer, ...row }] : [];
  });
}

/** What a moderator chooses: what is marked, from the mail domains that many of those marked have in common. */
async function choose(admin: Awaited<ReturnType<typeof moderator>>, letterId: string): Promise<Filters> {
  const marked: Filters = {
    ...wholeView("PENDING", "VERIFIED", "HOLD"),
    letterId,
    flags: ["disposable", "watched", "lookalikeName", "freeMail"],
    holds: ["UNCHECKED", "BLOCKED"],
  };
  const preview = async (filters: Filters) => readDraft(admin, await draft(admin, filters, new Date()));
  const first = await preview(marked);
  const began = Date.now();
  const narrowed = { ...marked, domains: first?.origins.domains.map(({ domain }) => domain) ?? [] };
  const second = await preview(narrowed);
  report(
    `marked: ${first?.count}; at the ${narrowed.domains.length} mail domains of several: ${second?.count} ` +
      `(written down and shown in ${Date.now() - began} ms)`,
  );
  const byText = Date.now();
  const nobody = { ...narrowed, text: "nobody is called this" };
  await draftAction({ admin, operation: "REJECT", filters: nobody, now: new Date() });
  report(`looking for a text among these took ${Date.now() - byText} ms`);
  return narrowed;
}

async function postAsModerator(path: string, values: Record<string, string>): Promise<string> {
  const answer = await fetch(app.url + path, {
    method: "POST",
    redirect: "manual",
    headers: { origin: app.url, cookie: `${SESSION_COOKIE}=${await validSession()}` },
    body: new URLSearchParams(values),
  });
  expect(answer.status).toBe(303);
  return answer.headers.get("location") ?? "";
}

async function getAsModerator(path: string): Promise<Response> {
  return fetch(app.url + path, { headers: { cookie: `${SESSION_COOKIE}=${await validSession()}` } });
}

/** Chooses and runs by the pages' own forms, and waits for the end. */
async function runOverHttp(filters: Filters): Promise<{ id: string; total: number }> {
  const chosen = { form: "bulk-action", operation: "REJECT" };
  const path = await postAsModerator(listPath("en", SLUG, filters), chosen);
  const id = path.split("/").at(-1) ?? "";
  await postAsModerator(path, { form: "run", reason: "A brigade." });
  return { id, total: await untilDone(id, "DONE") };
}

async function undoOverHttp(id: string): Promise<void> {
  await postAsModerator(`/admin/bulk/${id}`, { form: "undo-action" });
  await untilDone(id, "UNDONE");
}

async function untilDone(id: string, wanted: string): Promise<number> {
  for (const limit = Date.now() + 300_000; Date.now() < limit; await pause(200)) {
    const { state, total } = await (await getAsModerator(`/admin/bulk/${id}/progress`)).json();
    if (state === wanted) return total;
  }
  throw new Error(`the act was never ${wanted}`);
}

const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(2)} %`;

const report = (line: string) => console.log(`brigade: ${line}`);

/** One line for each kind of signer. */
function table(rows: Row[]): void {
  for (const kind of new Set(
    rows.map(({ signer }) => `${signer.bot ? "bots" : "genuine"}, ${signer.kind}`),
  )) {
    const own = rows.filter(({ signer }) => kind === `${signer.bot ? "bots" : "genuine"}, ${signer.kind}`);
    const count = (test: (row: Row) => boolean) => own.filter(test).length;
    report(
      `${kind}: ${own.length}; verified ${count(({ state }) => state === "VERIFIED")}, onHold ` +
        `${count(({ hold }) => hold !== null)}, flagged ${count(({ flags }) => flags.length > 0)}, ` +
        `neither ${count(({ flags, hold }) => flags.length === 0 && hold === null)}`,
    );
  }
}
