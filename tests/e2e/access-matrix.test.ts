import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { hashToken } from "@/lib/encryption/tokens";
import { publicId } from "@/lib/http/public-ids";
import { FORMS, type Form, READINGS, VISITORS, type Visitor } from "../support/access-matrix";
import { everything, makeObjects, makeVisitors, type Objects, sessionOf } from "../support/access-objects";
import { SESSION_COOKIE } from "../support/admin-sessions";
import { type App, startApp } from "../support/app";
import { THOROUGH } from "../support/tier";

const NAME = "Ada Unmistakable";
const NOBODY = "01a20a78-e4d6-767b-a66e-fd6063c648b4";
const OTHER_TOKEN = "x".repeat(25);
let app: App;
let own: Objects;
let passkeys: Record<Exclude<Visitor, "anonymous">, string>;

beforeAll(async () => {
  app = await startApp({ worker: false });
  process.env.DATABASE_URL = app.databaseUrl;
  passkeys = await makeVisitors();
  own = await makeObjects(NAME);
});
afterAll(async () => {
  await db.$disconnect();
  await app.stop();
});

/** The address of a row, for an object of one's own or for another one. */
function pathOf(address: string, whose: "own" | "other" = "own"): string {
  const mine = whose === "own";
  const [, first = ""] = address.split("/");
  const token = { admin: own.link, preview: own.letter.preview }[first] ?? own.pending.token;
  const shown = address.startsWith("/admin/bulk") ? own.bulkAction : own.seen.signatureId;
  const hidden = address.startsWith("/admin/bulk") ? NOBODY : own.pending.seen.signatureId;
  const letter = address.includes("/signatures") ? "uyghurs" : own.letter.slug;
  return address
    .replace("/admin/letters/[slug]", `/admin/letters/${mine ? letter : "no-such-letter"}`)
    .replace("[name]", mine ? own.letter.picture : `${"0".repeat(24)}.webp`)
    .replace("[number]", mine ? "1" : "9")
    .replace("[slug]", mine ? "uyghurs" : "no-such-letter")
    .replace("[token]", mine ? token : OTHER_TOKEN)
    .replace("[id]", publicId(mine ? shown : hidden))
    .replace("[entry]", publicId(mine ? own.entry : NOBODY))
    .replace("[...rest]", "nothing/here");
}

const cookie = (session?: string): Record<string, string> =>
  session ? { cookie: `${SESSION_COOKIE}=${session}` } : {};

const get = (path: string, session?: string) =>
  fetch(app.url + path, { redirect: "manual", headers: cookie(session) });

/** The thing that a form names, of which there are many: one that the visitor may name, and another. */
function thingOf(address: string, name: string, visitor: Visitor): { own: string; other: string } {
  const passkey = visitor === "anonymous" ? own.guestPasskey : passkeys[visitor];
  const { signatureId: pending } = own.pending.seen;
  const things: Record<string, { own: string; other: string }> = {
    // The link decides.
    "/signatures/[token]/confirm": { own: pending, other: pending },
    "/signatures/[token]": { own: pending, other: pending },
    "/admin/letters/[slug]/signatures/[id]": { own: NOBODY, other: NOBODY },
    "/admin/team": { own: own.guest, other: NOBODY },
    "/admin/account":
      name === "endSession"
        ? { own: own.guestSession, other: own.guestSession }
        : { own: passkey, other: own.guestPasskey },
    "/admin/protection/watchlist": { own: name === "add" ? own.letterId : own.watched, other: NOBODY },
    "/admin/protection/blocklist": { own: own.block, other: NOBODY },
    "/admin/emails": { own: own.failedMail, other: NOBODY },
    "/admin/objections": { own: own.objection, other: NOBODY },
    "/admin/data": { own: own.letterId, other: NOBODY },
    "/admin/data/[request]": { own: own.seen.signatureId, other: NOBODY },
    "/admin/letters/[slug]/settings": {
      own:
        { remove: own.letter.entry, "show-names": own.letter.hidden }[name as "remove"] ?? own.letter.listed,
      other: NOBODY,
    },
  };
  const thing = things[address];
  if (!thing) throw new Error(`${address}: say what ${name} is about`);
  return thing;
}

/** What a form is posted with: its fields, what its page showed, and the object that it names. */
function valuesOf({ address, name, form, visitor, whose = "own" }: Sent): Record<string, string> {
  // Another's signature as it stands: its state alone is against every act.
  const { state, revision } = whose === "own" ? own.seen : own.pending.seen;
  const posted = form.each ? `${name}.${publicId(thingOf(address, name, visitor)[whose])}` : name;
  const ticked = { [`entry.${publicId(own.pending.seen.signatureId)}`]: "1" };
  return {
    ...ticked,
    state,
    revision: String(revision),
    letter: publicId(own.letterId),
    ...form.values,
    ...(name === "remove-picture" ? { name: own.letter.picture } : {}),
    form: posted,
  };
}

type Sent = {
  address: string;
  name: string;
  form: Form;
  visitor: Visitor;
  session?: string;
  whose?: "own" | "other";
};

function post(sent: Sent, accept = "text/html") {
  const headers = { origin: app.url, accept, ...cookie(sent.session) };
  const body = new URLSearchParams(valuesOf(sent));
  const path = pathOf(sent.address, sent.whose);
  // Only a draft can be run.
  const acted = sent.name === "run" ? path.replace(publicId(own.bulkAction), publicId(own.bulkDraft)) : path;
  return fetch(app.url + acted, { method: "POST", redirect: "manual", headers, body });
}

const readings = Object.entries(READINGS);
const forms = Object.entries(FORMS).flatMap(([address, rows]) =>
  Object.entries(rows).map(([name, form]) => ({ address, name, form })),
);

/** Where somebody is led who opens what is not for them. */
const LED: Record<Visitor, string> = {
  anonymous: "/admin/sign-in?first=1",
  half: "/admin/second-factor",
  reader: "/admin/not-allowed",
  moderator: "/admin/not-allowed",
  elsewhere: "/admin/not-allowed",
  editor: "/admin/not-allowed",
  owner: "/admin",
};

/** Whom a quick run leaves out: between moderator and owner there is nothing that both of them do not show. */
const TRIED = VISITORS.filter((visitor) => THOROUGH || visitor !== "editor");

/** Letters, signatures and bulk actions: what is another's is not there. */
const isOfOne = (address: string) => /^\/admin\/.*\[(?:slug|id)\]/.test(address);

describe.each(TRIED)("somebody who is %s", (visitor) => {
  it("reads what is theirs to read, and of nobody else's anything", async () => {
    const session = await sessionOf(visitor);
    for (const [address, { who, ok = 200, other }] of readings) {
      const answer = await get(pathOf(address), session);
      const text = await answer.text();
      const about = `${visitor} reads ${address}`;
      // Its first half is the millisecond in which something was made.
      expect(text, about).not.toMatch(/[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}/i);
      if (who.includes(visitor)) {
        expect.soft(answer.status, about).toBe(ok);
        if (other) expect.soft((await get(pathOf(address, "other"), session)).status, about).toBe(other);
        continue;
      }
      expect.soft(text, about).not.toContain(NAME);
      if (/\/(?:progress|file|csv|download|pictures\/\[name\])$/.test(address))
        expect
          .soft(visitor === "elsewhere" && isOfOne(address) ? [404] : [401, 403], about)
          .toContain(answer.status);
      else if (visitor === "elsewhere" && isOfOne(address)) expect.soft(answer.status, about).toBe(404);
      else if (address === "/admin/second-factor" && visitor !== "anonymous")
        expect.soft(answer.headers.get("location"), about).toBe("/admin");
      else expect.soft([answer.status, answer.headers.get("location")], about).toEqual([307, LED[visitor]]);
    }
  });

  it("is refused every form that is not theirs, and nothing happens", async () => {
    const session = await sessionOf(visitor);
    const before = await everything();
    // Without a script the answer is a page; whether it shows anything is a question of who sees nothing at all.
    const pages = visitor === "anonymous" || THOROUGH ? ["text/html"] : [];
    for (const row of forms.filter(({ form }) => !form.who.includes(visitor))) {
      for (const accept of ["application/json", ...pages]) {
        const answer = await post({ ...row, visitor, session }, accept);
        const about = `${visitor} posts ${row.address} ${row.name}`;
        const refused = visitor === "anonymous" || visitor === "half" ? [401] : [403];
        // Of a letter that is not theirs nothing is said, not even that it is there.
        expect.soft(visitor === "elsewhere" ? [403, 404, 422] : refused, about).toContain(answer.status);
        expect.soft(await answer.text(), about).not.toContain(visitor === "anonymous" ? NAME : "<never>");
      }
    }
    expect.soft(await everything()).toBe(before);
  });

  it("does nothing to what is another's, or is not there", async () => {
    const about = (row: { address: string; name: string }) => `${visitor} posts ${row.address} ${row.name}`;
    // Who asks for a new link by the page of another one names an address, not what is behind the link.
    const named = ({ address, name, form }: (typeof forms)[number]) =>
      form.each || (/\[(?:id|token)\]/.test(address) && name !== "resend");
    // Who may not post a form at all was refused above, whatever it names.
    const asked = forms.filter(named).filter(({ form }) => THOROUGH || form.who.includes(visitor));
    const sessions: (string | undefined)[] = [];
    for (const _ of asked) sessions.push(await sessionOf(visitor));
    const before = await everything();
    for (const [place, row] of asked.entries()) {
      const answer = await post({ ...row, visitor, session: sessions[place], whose: "other" });
      expect.soft([303, 401, 403, 404, 409, 422], about(row)).toContain(answer.status);
      // A trial tells which it was.
      if (THOROUGH) expect.soft(await everything(), about(row)).toBe(before);
    }
    expect(await everything()).toBe(before);
  });
});

describe("an owner who was checked a while ago", () => {
  const deciding = forms.filter(
    ({ address, name }) =>
      /^\/admin\/(?:account|team)$/.test(address) && !/^(?:rename|end|notices)/.test(name),
  );
  // Read before it is asked whether it may be added.
  const answer = JSON.stringify({
    id: "a",
    rawId: "a",
    type: "public-key",
    response: { clientDataJSON: "a", attestationObject: "a" },
  });

  it.each(["with a passkey", "without one, signed in a while ago"])(
    "changes nothing that decides who gets in: %s",
    async (name) => {
      const session = await sessionOf("owner");
      const tokenHash = hashToken(session ?? "");
      const longAgo = new Date(Date.now() - 16 * 60_000);
      await db.adminSession.updateMany({
        where: { tokenHash },
        data: { createdAt: longAgo, mfaVerifiedAt: longAgo },
      });
      const { adminId } = await db.adminSession.findUniqueOrThrow({ where: { tokenHash } });
      const kept = await db.adminPasskey.findMany({ where: { adminId } });
      if (name.startsWith("without")) await db.adminPasskey.deleteMany({ where: { adminId } });
      const before = await everything();
      expect(deciding.length).toBeGreaterThan(6);
      for (const row of deciding) {
        const form = { ...row.form, values: { ...row.form.values, answer } };
        const refused = await post({ ...row, form, visitor: "owner", session }, "application/json");
        expect.soft(await refused.json(), row.name).toEqual({ errors: { "": ["not-confirmed"] } });
        expect.soft(refused.status, row.name).toBe(409);
      }
      expect.soft(await everything()).toBe(before);
      if (name.startsWith("without")) await db.adminPasskey.createMany({ data: kept });
    },
  );
});

describe("whoever may", () => {
  // The weakest first: what an owner does last would take the ground from under the others.
  it.each(VISITORS.filter((visitor) => visitor === "owner" || (THOROUGH && visitor !== "editor")))(
    "is not refused: %s",
    async (visitor) => {
      for (const row of forms.filter(({ form }) => form.who.includes(visitor))) {
        const session = await sessionOf(visitor);
        const answer = await post({ ...row, visitor, session });
        const about = `${visitor} posts ${row.address} ${row.name}`;
        const known = row.address.startsWith("/api/") ? [404, 415] : [200, 303, 409, 422];
        expect.soft(known, `${about}: ${answer.status}`).toContain(answer.status);
      }
    },
  );
});
