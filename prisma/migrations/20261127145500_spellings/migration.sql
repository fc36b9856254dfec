-- AlterEnum
ALTER TYPE "SuppressionReason" ADD VALUE 'STOPPED';

-- The plain spelling of an address has the hash of all of them.
ALTER TABLE "suppression" RENAME COLUMN "address_hash" TO "spelling_hash";

-- AlterTable
ALTER TABLE "suppression" DROP CONSTRAINT "suppression_pkey";
-- PostgreSQL 18 names the constraint after the column.
ALTER TABLE "suppression" ALTER COLUMN "spelling_hash" DROP NOT NULL;
ALTER TABLE "suppression" ALTER COLUMN "spelling_hash" SET NOT NULL;
ALTER TABLE "suppression" ADD CONSTRAINT "suppression_pkey" PRIMARY KEY ("spelling_hash", "reason");

-- CreateTable
CREATE TABLE "stop_link" (
    "token_hash" TEXT NOT NULL,
    "spelling_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stop_link_pkey" PRIMARY KEY ("token_hash")
);

-- CreateIndex
CREATE INDEX "stop_link_expires_at_idx" ON "stop_link"("expires_at");
