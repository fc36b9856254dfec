import { Resolver } from "node:dns/promises";
import { registrableDomain } from "@/lib/fields/websites/registrable-domain";

/** How long one question may take in milliseconds, how often it is asked, and how long somebody waits for all of them. */
const TIMEOUT_MS = 1_000;
const TRIES = 2;
const DEADLINE_MS = 2_500;

/** What asks for TXT records. @throws with the resolver's code where there are none, or nobody answers */
export type AskTxt = (name: string) => Promise<string[][]>;

export type RecordKind = "spf" | "dkim" | "dmarc";

/** What was found of one record that a sending domain needs. */
export type RecordResult = {
  kind: RecordKind;
  /** The name that the record belongs at. */
  name: string;
  /** `several` records are as bad as none: receivers take neither. */
  state: "present" | "missing" | "wrong" | "several" | "unknown";
  /** What stands there. */
  found: string[];
  /** The record to add, to be copied; null where the mail provider has to say it. */
  add: string | null;
};

/** How mails leave: what the records must allow. */
export type Sending = {
  /** The domain that mails come from. */
  domain: string;
  /** Where receivers look for SPF: at the domain that bounces go to. */
  spfAt: string;
  /** The part of SPF that allows the provider; null where only its operator knows it. */
  spf: string | null;
  /** Where the provider's key is looked for: its selector, and the records that are one. */
  dkim: string | null;
};

/** The answers that mean that there is no such record; any other failure says nothing about it. */
const NONE = ["ENODATA", "ENOTFOUND"];

/** Asks the system's name servers, with a deadline of its own. */
export function askTxt(): AskTxt {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
  return (name) => resolver.resolveTxt(name);
}

/**
 * Looks up what receivers of a domain's mails look up: which servers may send, by which key they sign, and what receivers do
 * with mails that fail both.
 */
export async function lookUpRecords(
  sending: Sending,
  asking: AskTxt,
  deadlineMs = DEADLINE_MS,
): Promise<RecordResult[]> {
  const { domain, dkim, spfAt } = sending;
  const end = Date.now() + deadlineMs;
  const ask: AskTxt = (name) => inTime(asking(name), Math.max(0, end - Date.now()));
  return Promise.all([
    judge("spf", spfAt, ask, (found) => spfOf(found, sending)),
    judge("dkim", dkim ? `${dkim}._domainkey.${domain}` : domain, dkim ? ask : null, dkimOf),
    dmarc(domain, ask),
  ]);
}

/** Its own record or, where it has none, that of the domain that it belongs to. */
async function dmarc(domain: string, ask: AskTxt): Promise<RecordResult> {
  const own = await judge("dmarc", `_dmarc.${domain}`, ask, dmarcOf);
  const above = registrableDomain(domain);
  if (own.state !== "missing" || !above || above === domain) return own;
  const inherited = await judge("dmarc", `_dmarc.${above}`, ask, dmarcOf);
  return inherited.state === "missing" ? own : inherited;
}

/** @throws as a resolver does that gets no answer */
async function inTime<T>(answer: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error("no answer in time"), { code: "ETIMEOUT" })), ms);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

type Judged = Pick<RecordResult, "state" | "found" | "add">;

async function judge(
  kind: RecordKind,
  name: string,
  ask: AskTxt | null,
  read: (found: string[]) => Judged,
): Promise<RecordResult> {
  if (!ask) return { kind, name, state: "unknown", found: [], add: null };
  try {
    // One record can be cut into parts of 255 characters.
    const records = (await ask(name)).map((parts) => parts.join(""));
    return { kind, name, ...read(records) };
  } catch (error) {
    const none = NONE.includes((error as { code?: string }).code ?? "");
    return none ? { kind, name, ...read([]) } : { kind, name, state: "unknown", found: [], add: null };
  }
}

function spfOf(records: string[], { spf }: Sending): Judged {
  const found = records.filter((record) => /^v=spf1(?: |$)/i.test(record));
  const add = spf ? `v=spf1 ${spf} ~all` : null;
  const [only, other] = found;
  if (!only) return { state: "missing", found, add };
  if (other) return { state: "several", found, add: null };
  if (!spf || allows(only, spf)) return { state: "present", found, add: null };
  return { state: "wrong", found, add: withMechanism(only, spf) };
}

const allows = (record: string, mechanism: string) =>
  record
    .toLowerCase()
    .split(/\s+/)
    .some((part) => part.replace(/^\+/, "") === mechanism.toLowerCase());

/** Before the last word, which says what of all others. */
const withMechanism = (record: string, mechanism: string) =>
  /\s[~?+-]?all\s*$/i.test(record)
    ? record.replace(/\s+(?=[~?+-]?all\s*$)/i, ` ${mechanism} `)
    : `${record.trim()} ${mechanism}`;

function dkimOf(records: string[]): Judged {
  const found = records.filter((record) => /(?:^|;)\s*(?:v=DKIM1|k=|p=)/i.test(record));
  const [only, other] = found;
  if (!only) return { state: "missing", found, add: null };
  if (other) return { state: "several", found, add: null };
  // An empty key is one that was taken back.
  return { state: /(?:^|;)\s*p=\s*[A-Za-z0-9+/]/.test(only) ? "present" : "wrong", found, add: null };
}

const DMARC = "v=DMARC1; p=none;";

function dmarcOf(records: string[]): Judged {
  const found = records.filter((record) => /^v=DMARC1\b/i.test(record));
  const [only, other] = found;
  if (!only) return { state: "missing", found, add: DMARC };
  if (other) return { state: "several", found, add: null };
  const policy = /;\s*p=\s*(?:none|quarantine|reject)\s*(?:;|$)/i.test(only);
  return { state: policy ? "present" : "wrong", found, add: policy ? null : DMARC };
}
