import type { Admin } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import { db } from "@/lib/db/client";
import { type Delicate, delicateParts, isDelicate } from "@/lib/moderation/export/rules";
import type { ExportFormat, ExportProblem, ExportState } from "@/prisma/generated/enums";

/** How far a file is. */
export type ExportProgress = { state: ExportState; done: number; total: number };

/** A file, for the one who asked for it. */
export type OwnExport = ExportProgress & {
  id: string;
  format: ExportFormat;
  problem: ExportProblem | null;
  bytes: number;
  createdAt: Date;
  expiresAt: Date | null;
  /** Whether it opens only after confirming who asks. */
  delicate: boolean;
  /** What it has that readers are not told. */
  has: Delicate;
};

const MOST_LISTED = 5;

/** The newest files of a letter that an administrator has asked for. @throws DomainError `forbidden` */
export async function ownExports(admin: Admin, letterId: string, now: Date): Promise<OwnExport[]> {
  assertMay(admin, "export.make", letterId);
  const rows = await db.exportFile.findMany({
    where: { letterId, adminId: admin.id, filters: { not: "" } },
    orderBy: { createdAt: "desc" },
    take: MOST_LISTED,
    select: {
      ...{ id: true, state: true, format: true, problem: true, done: true, total: true, bytes: true },
      ...{ createdAt: true, expiresAt: true, columns: true, hidden: true },
    },
  });
  return rows.map(({ columns, hidden, ...row }) => ({
    ...row,
    bytes: Number(row.bytes),
    state: row.state === "DONE" && row.expiresAt && row.expiresAt <= now ? "EXPIRED" : row.state,
    delicate: isDelicate({ columns, hidden }),
    has: delicateParts({ columns, hidden }),
  }));
}

/** A file that was downloaded, and may name somebody who has since gone or was corrected. */
export type GoneFile = { format: ExportFormat; createdAt: Date; takenAt: Date; has: Delicate };

const MOST_GONE = 50;

/** The newest of a letter, whoever has asked for them. @throws DomainError `forbidden` */
export async function goneFiles(admin: Admin, letterId: string): Promise<GoneFile[]> {
  assertMay(admin, "export.make", letterId);
  const rows = await db.exportFile.findMany({
    where: { letterId, goneAt: { not: null } },
    orderBy: { takenAt: "desc" },
    take: MOST_GONE,
    select: { format: true, createdAt: true, takenAt: true, columns: true, hidden: true },
  });
  return rows.flatMap(({ columns, hidden, takenAt, ...row }) =>
    takenAt ? { ...row, takenAt, has: delicateParts({ columns, hidden }) } : [],
  );
}

/** How far one is; null where it is another's. @throws DomainError `forbidden` */
export async function exportProgress(admin: Admin, id: string): Promise<ExportProgress | null> {
  const file = await db.exportFile.findFirst({
    where: { id, adminId: admin.id },
    select: { letterId: true, state: true, done: true, total: true },
  });
  if (!file) return null;
  const { letterId, ...progress } = file;
  assertMay(admin, "export.make", letterId);
  return progress;
}
