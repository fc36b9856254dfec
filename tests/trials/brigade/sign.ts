import { setTimeout as pause } from "node:timers/promises";
import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { individualForm, organisationForm, post } from "../../support/post";
import { ticked } from "../../support/ticked";
import type { Signer } from "./cast";

/** Signs as a browser or a script does. @returns whether a proof of work was asked for */
export async function sign(origin: string, slug: string, signer: Signer): Promise<boolean> {
  const { organisation, email, name, address, proves } = signer;
  const path = `/letters/${slug}/sign?as=${organisation ? "organisation" : "individual"}`;
  const form = organisation
    ? {
        ...organisationForm(email, organisation.name),
        website: organisation.website,
        representativeName: name,
      }
    : individualForm(email, { fullName: name });
  const first = await insist(() => post(origin, path, proves ? { ...form, proofOfWork: "" } : form, address));
  if (first.status === 303) return false;
  if (!proves) throw new Error(`${first.status} for ${signer.kind}`);
  const proven = { ...form, proofOfWork: await prove(origin, address) };
  const second = await insist(() => post(origin, path, proven, address));
  if (second.status !== 303) throw new Error(`${second.status} for ${signer.kind} with a proof of work`);
  return true;
}

/** Asks until a busy machine has time for it, as people and scripts do that are told to come again. */
async function insist<A extends { status: number }>(ask: () => Promise<A>): Promise<A> {
  for (;;) {
    const answer = await ask();
    if (answer.status !== 503) return answer;
    await pause(1_000);
  }
}

async function prove(origin: string, address: string): Promise<string> {
  const headers = { "x-forwarded-for": address };
  const answer = await insist(() => fetch(`${origin}/api/proof`, { headers }));
  const challenge = await answer.json();
  const solution = await solveChallenge({ challenge, deriveKey });
  return Buffer.from(JSON.stringify({ challenge, solution })).toString("base64");
}

/** Confirms by the link of a mail, as its page's button does. */
export async function confirm(origin: string, text: string): Promise<void> {
  const token = /\/signatures\/([^/\s]+)\/confirm/.exec(text)?.[1];
  if (!token) throw new Error("a mail without a link");
  const path = `/signatures/${token}/confirm`;
  const shown = await insist(() => fetch(origin + path));
  const values = ticked(await shown.text());
  if (!values) throw new Error("a link with nothing to confirm");
  const { status } = await insist(() => post(origin, path, values));
  if (status !== 303) throw new Error(`${status} for a confirmation`);
}
