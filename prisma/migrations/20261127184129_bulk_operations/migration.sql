-- CreateEnum
CREATE TYPE "BulkOperation" AS ENUM ('REJECT', 'HOLD', 'RELEASE');

-- AlterTable
ALTER TABLE "bulk_act" ADD COLUMN     "operation" "BulkOperation" NOT NULL DEFAULT 'REJECT';
