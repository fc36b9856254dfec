import { v7 as uuid } from "uuid";
import { auditHead } from "@/lib/audit/audit-head";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Admin } from "@/lib/auth/admin";
import { assertPermitted } from "@/lib/auth/assert-may";
import { byAdmin } from "@/lib/auth/context";
import { db, type Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { enqueueExport } from "@/lib/jobs/queue";
import { chosenFor, type OfLetter } from "@/lib/moderation/export/chosen";
import { decryptFilters, encryptFilters } from "@/lib/moderation/export/encrypted";
import { columnsOf, type ExportChoice, isDelicate, MOST_RUNNING } from "@/lib/moderation/export/rules";
import { type Filters, isNarrowed } from "@/lib/moderation/filters/rules";

export type Wanted = {
  admin: Admin;
  /** Whether they have confirmed just now that it is them. */
  confirmed: boolean;
  letterId: string;
  filters: Filters;
  choice: ExportChoice;
  locale: string;
  now: Date;
};

/**
 * Has a file written of the signatures of a letter that filters match. A second click leads to the file that the first one began.
 * @returns its id, or that nothing matches, or nothing that shows its name
 * @throws DomainError `forbidden`, `not-confirmed`, `too-many`, `not-found`
 */
export async function beginExport(
  wanted: Wanted,
): Promise<{ id: string } | { not: "nothingToExport" | "nothingShown" }> {
  const { admin, confirmed, letterId, choice, now } = wanted;
  const filters = { ...wanted.filters, letterId };
  const delicate = isDelicate(choice);
  const permission = delicate ? "export.hidden" : "export.make";
  const { actor } = byAdmin(admin, now);
  await assertPermitted(db, actor, permission, letterId);
  if (delicate && !confirmed) throw new DomainError("not-confirmed");
  if (!(await isAnyChosen(filters, choice.hidden)))
    return { not: !choice.hidden && (await isAnyChosen(filters, true)) ? "nothingShown" : "nothingToExport" };
  return db.$transaction(async (tx) => {
    await lockLetter(tx, letterId);
    await assertPermitted(tx, actor, permission, letterId);
    const running = await tx.exportFile.findMany({ where: { adminId: admin.id, state: "RUNNING" } });
    const same = running.find((file) => isSame(file, { ...wanted, filters }));
    if (same) return { id: same.id };
    if (running.length >= MOST_RUNNING) throw new DomainError("too-many");
    return { id: await insert(tx, { ...wanted, filters }) };
  });
}

/** A withdrawal holds this too when it makes the files of the letter void: one that is begun is seen by then. */
async function lockLetter(tx: Tx, letterId: string): Promise<void> {
  const found = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM letter WHERE id = ${letterId}::uuid FOR NO KEY UPDATE`;
  if (found.length === 0) throw new DomainError("not-found");
}

async function isAnyChosen(filters: OfLetter, hidden: boolean): Promise<boolean> {
  const [{ any }] = await db.$queryRaw<[{ any: boolean }]>`
    SELECT EXISTS (SELECT FROM signature g WHERE ${chosenFor(filters, hidden)}) AS any`;
  return any;
}

type Chosen = Wanted & { filters: OfLetter };

type Running = { letterId: string; format: string; hidden: boolean; columns: string[]; filters: string };

function isSame(file: Running, { letterId, choice, filters }: Chosen): boolean {
  const { format, hidden } = choice;
  const told = [file.letterId, file.format, file.hidden, file.columns, decryptFilters(file.filters)];
  return JSON.stringify(told) === JSON.stringify([letterId, format, hidden, columnsOf(choice), filters]);
}

async function insert(tx: Tx, { admin, letterId, choice, filters, locale, now }: Chosen): Promise<string> {
  const id = uuid();
  const { format, hidden } = choice;
  const columns = columnsOf(choice);
  const { views } = filters;
  await tx.exportFile.create({
    data: {
      ...{ id, letterId, adminId: admin.id, state: "RUNNING", format, hidden, columns, locale },
      ...{ filters: encryptFilters(filters), pending: views.includes("PENDING") },
      ...{ createdAt: now, touchedAt: now },
    },
    select: { id: true },
  });
  const head = auditHead(byAdmin(admin, now));
  const details = {
    ...head.details,
    file: id,
    format,
    columns,
    hidden,
    views,
    narrowed: isNarrowed(filters),
  };
  await writeAudit(tx, { ...head, action: "export.begin", letterId, details });
  await enqueueExport(tx, id);
  return id;
}
