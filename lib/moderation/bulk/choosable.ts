import { Prisma } from "@/prisma/generated/client";
import type { BulkOperation } from "@/prisma/generated/enums";

/** Over `signature g`: those that an operation does something to, as `operate` says. */
export const CHOOSABLE: Record<BulkOperation, Prisma.Sql> = {
  REJECT: Prisma.sql`(g.state IN ('VERIFIED', 'APPROVED')
    OR g.state = 'PENDING' AND g.hold IS DISTINCT FROM 'BULK')`,
  HOLD: Prisma.sql`(g.state IN ('PENDING', 'VERIFIED') AND g.hold IS DISTINCT FROM 'BULK')`,
  RELEASE: Prisma.sql`(g.state = 'VERIFIED' AND g.hold IS NOT NULL)`,
};

/** Over `signature g`: those of a draft that its run would still do something to. */
export function stillChosen(bulkActionId: string, operation: BulkOperation): Prisma.Sql {
  return Prisma.sql`
    EXISTS (
      SELECT FROM bulk_item i WHERE i.bulk_action_id = ${bulkActionId}::uuid AND i.signature_id = g.id
        AND (g.state = 'PENDING' OR g.revision = i.revision)
    ) AND EXISTS (SELECT FROM signature_key k WHERE k.signature_id = g.id) AND ${CHOOSABLE[operation]}`;
}
