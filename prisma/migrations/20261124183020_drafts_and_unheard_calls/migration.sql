-- AlterEnum
ALTER TYPE "BulkState" ADD VALUE 'DRAFT' BEFORE 'RUNNING';

-- AlterEnum
ALTER TYPE "BulkItemState" ADD VALUE 'STOPPED' BEFORE 'UNDONE';

-- AlterTable
ALTER TABLE "signature" ADD COLUMN     "unproven" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "audit_entry" ALTER COLUMN "mark" DROP DEFAULT;

-- AlterTable
ALTER TABLE "bulk_act" ALTER COLUMN "reason" DROP NOT NULL;

-- AlterTable
ALTER TABLE "mail_batch" ADD COLUMN     "unheard_at" TIMESTAMPTZ(3);
