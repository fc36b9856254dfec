-- DropIndex
DROP INDEX "manage_link_expires_at_idx";

-- AlterTable
ALTER TABLE "manage_link" DROP COLUMN "expires_at";
