import { setTimeout as pause } from "node:timers/promises";
import { db } from "@/lib/db/client";
import { publicId } from "@/lib/http/public-ids";
import { parseSignature } from "@/lib/signatures/schemas";
import type { App } from "../../support/app";
import { seeNow } from "../../support/moderators";
import { individualForm, organisationForm } from "../../support/post";
import { queuedToken } from "../../support/queued-mails";
import { send } from "./send";
import { marked, NAUGHTY } from "./strings";

const FIELDS = {
  individual: ["fullName", "title", "position", "affiliation", "comment"],
  organisation: ["organisationName", "representativeName", "representativeRole", "comment"],
};
type Kind = keyof typeof FIELDS;

/** What stands in the database at the end: how many signatures, by what became of them. */
export type Stored = {
  signed: number;
  approved: number;
  rejected: number;
  corrected: number;
  waiting: number;
};

export type Poster = (path: string, values: Record<string, string>, admin?: boolean) => Promise<number>;

/** How often somebody tries whom a busy machine asks to come again. */
const TRIES = 5;

/** Posts forms as a browser without JavaScript does, as the administrator or as anybody. */
export function poster(app: App, cookie: string): Poster {
  return async (path, values, admin = false) => {
    const headers = {
      origin: app.url,
      "content-type": "application/x-www-form-urlencoded",
      ...(admin ? { cookie } : {}),
    };
    const body = Buffer.from(new URLSearchParams(values).toString());
    for (let tries = 1; ; tries++) {
      const { status } = await send(app.url, { method: "POST", path, headers, body });
      if (status !== 503 || tries === TRIES) return status;
      await pause(1_000);
    }
  };
}

/** A form with hostile texts wherever the rules take one. */
function hostileForm(kind: Kind, email: string, next: () => string): Record<string, string> {
  const taken = {
    ...(kind === "individual" ? individualForm(email) : organisationForm(email, "Trust")),
  } as Record<string, string>;
  for (const field of FIELDS[kind]) {
    for (let tries = 0; tries < 40; tries++) {
      const values = { ...taken, [field]: marked(next()) };
      if (!parseSignature(kind === "individual" ? "INDIVIDUAL" : "ORGANISATION", values).ok) continue;
      taken[field] = values[field] ?? "";
      break;
    }
  }
  return taken;
}

/** Signs with hostile texts, confirms, and lets an administrator approve, correct and reject; some are left waiting. */
export async function storeHostile(count: number, post: Poster): Promise<Stored> {
  let place = 0;
  // The middle of the list is where markup is; it is begun with, and gone round.
  const next = () => NAUGHTY[(place++ * 7 + 120) % NAUGHTY.length] ?? "";
  const stored: Stored = { signed: 0, approved: 0, rejected: 0, corrected: 0, waiting: 0 };
  for (let number = 0; number < count; number++) {
    const kind: Kind = number % 3 === 0 ? "organisation" : "individual";
    const values = hostileForm(kind, `stored-${number}@stored-${number}.example`, next);
    const before = new Date();
    if ((await post(`/letters/uyghurs/sign?as=${kind}`, values)) !== 303) throw new Error("was not taken");
    stored.signed += 1;
    const { id } = await db.signature.findFirstOrThrow({
      where: { submittedAt: { gte: before } },
      orderBy: { submittedAt: "desc" },
      select: { id: true },
    });
    await decide(id, number, values, post, stored);
  }
  return stored;
}

async function decide(
  id: string,
  number: number,
  values: Record<string, string>,
  post: Poster,
  stored: Stored,
): Promise<void> {
  await post(`/signatures/${await queuedToken(id)}/confirm`, {
    form: "confirm",
    [`entry.${publicId(id)}`]: "1",
  });
  const act = async (form: Record<string, string>) => {
    const { state, revision } = await seeNow(id);
    const seen = { state, revision: String(revision) };
    return post(
      `/admin/letters/uyghurs/signatures/${publicId(id)}?state=verified`,
      { ...seen, ...form },
      true,
    );
  };
  const name = values.organisationName ?? values.fullName ?? "";
  const named: Record<string, string> = values.website
    ? { organisationName: name, website: values.website }
    : { fullName: name, position: marked("<i>p</i>"), title: marked("<b>t</b>") };
  if (number % 10 === 9) stored.waiting += 1;
  else if (number % 5 === 3) stored.rejected += Number((await act({ form: "reject", reason: name })) === 303);
  else {
    if (number % 5 === 1)
      stored.corrected += Number((await act({ form: "correct", country: "GB", ...named })) === 303);
    stored.approved += Number((await act({ form: "approve", as: number % 2 ? "expert" : "" })) === 303);
  }
}
