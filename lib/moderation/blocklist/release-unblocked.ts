import { bySystem } from "@/lib/auth/context";
import { db, type Tx } from "@/lib/db/client";
import { blocksOf, findBlock, readRules } from "@/lib/moderation/blocklist/queries";
import { type BlockPattern, isRetired, isWideNetwork, networksIn } from "@/lib/moderation/blocklist/rules";
import { addressOf } from "@/lib/moderation/blocklist/undecided-signatures";
import { textProperty } from "@/lib/property";
import { askForMail } from "@/lib/signatures/ask-for-mail";
import { networkHash } from "@/lib/signatures/claim";
import { isCovered } from "@/lib/signatures/confirmation-link";
import { applyChange } from "@/lib/signatures/engine/apply-changes";
import { lockSubjects } from "@/lib/signatures/engine/subject";
import type { Prisma } from "@/prisma/generated/client";

const BATCH = 200;

const COLUMNS = {
  id: true,
  state: true,
  address: true,
  networkHash: true,
  wideNetworkHash: true,
  mailboxHash: true,
  submittedAt: true,
  unchecked: true,
  expiresAt: true,
  key: { select: { wrapped: true } },
} as const;

type Blocked = Prisma.SignatureGetPayload<{ select: typeof COLUMNS }>;

const BLOCKED = {
  state: { in: ["PENDING", "VERIFIED"] },
  hold: "BLOCKED",
} satisfies Prisma.SignatureWhereInput;

/**
 * Takes back what a removed rule has done: what the blocklist put on hold and no rule names any more goes back to where
 * it would be, and gets the confirmation mail that the rule kept from it, within the mail limits. Repeating it does no
 * harm.
 * @returns how many went back; none where the rule is there still
 */
export async function releaseUnblocked({ ruleId, now }: { ruleId: string; now: Date }): Promise<number> {
  const rules = await readRules(db);
  if (rules.some(({ id }) => id === ruleId)) return 0;
  const isHeld = holder(rules);
  let count = 0;
  for (let after: string | undefined; ; ) {
    const rows = await db.signature.findMany({
      where: { ...BLOCKED, ...(after && { id: { gt: after } }) },
      orderBy: { id: "asc" },
      take: BATCH,
      select: COLUMNS,
    });
    if (rows.length === 0) return count;
    const heldBy = await rulesOf(rows);
    for (const row of rows) {
      if (!isHeld(row, heldBy.get(row.id)) && (await release(row, ruleId, now))) count++;
    }
    after = rows.at(-1)?.id;
  }
}

type Rules = (BlockPattern & { id: string })[];

/**
 * Whether a rule that is left keeps a signature apart. Nobody can tell whether the hash of a network lies in a wide range,
 * or what a retired rule named: it stays, except where it is known that another rule put it on hold when it waited already.
 */
function holder(rules: Rules): (row: Blocked, heldBy: string | undefined) => boolean {
  const blocks = blocksOf(rules);
  const ids = new Set(rules.map(({ id }) => id));
  const networks = new Set(
    rules.flatMap((rule) => (rule.kind === "NETWORK" ? networksIn(rule).map(networkHash) : [])),
  );
  const wide = rules.some(isWideNetwork);
  const retired = rules.some(isRetired);
  return (row, heldBy) => {
    const email = addressOf(row);
    if (!email || findBlock(blocks, { email, network: null })) return true;
    if (row.networkHash !== null && networks.has(row.networkHash)) return true;
    return heldBy ? ids.has(heldBy) : retired || (wide && row.networkHash !== null);
  };
}

/** The rules that put signatures on hold when they waited already, by the newest line of each. */
async function rulesOf(rows: Blocked[]): Promise<Map<string, string>> {
  const lines = await db.auditEntry.findMany({
    where: { signatureId: { in: rows.map(({ id }) => id) }, action: "signature.block" },
    orderBy: [{ at: "asc" }, { id: "asc" }],
    select: { signatureId: true, details: true },
  });
  return new Map(
    lines.flatMap(({ signatureId, details }): [string, string][] => {
      const rule = textProperty(details, "rule");
      return signatureId && rule ? [[signatureId, rule]] : [];
    }),
  );
}

function release(row: Blocked, rule: string, now: Date): Promise<boolean> {
  const { id, unchecked } = row;
  const hold = unchecked ? "UNCHECKED" : null;
  return db.$transaction(async (tx) => {
    const [subject] = await lockSubjects(tx, [id]);
    const undecided = subject?.state === "PENDING" || subject?.state === "VERIFIED";
    if (!undecided || subject.hold !== "BLOCKED") return false;
    const after = { hold } as const;
    await applyChange(tx, { subject, action: "signature.unblock", after, details: { rule } }, bySystem(now));
    await mailWhatWasKept(tx, row, now);
    return true;
  });
}

/** Mails the link to confirm a signature that never got one. */
async function mailWhatWasKept(tx: Tx, row: Blocked, now: Date): Promise<void> {
  const { state, expiresAt, unchecked } = row;
  const email = addressOf(row);
  if (state !== "PENDING" || expiresAt <= now || !email) return;
  if (await isCovered(tx, row, now)) return;
  await askForMail(tx, { email, unchecked, networkHash: row.wideNetworkHash, checked: false }, now);
}
