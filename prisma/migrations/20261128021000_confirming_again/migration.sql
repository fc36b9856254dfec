-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "ListSection" ADD VALUE 'EARLIER_ORGANISATIONS';
ALTER TYPE "ListSection" ADD VALUE 'EARLIER_EXPERTS';
ALTER TYPE "ListSection" ADD VALUE 'EARLIER_OTHERS';

-- AlterTable
ALTER TABLE "letter" ADD COLUMN     "archived_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "letter_version" ADD COLUMN     "answer_by" TIMESTAMPTZ(3),
ADD COLUMN     "tells_from" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "public_signatory" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "signature" ADD COLUMN     "earlier" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "reminded_version" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "told_version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "version_change" (
    "version_id" UUID NOT NULL,
    "since_id" UUID NOT NULL,
    "size" "ChangeSize" NOT NULL,
    "words_changed" INTEGER NOT NULL,
    "words_before" INTEGER NOT NULL,

    CONSTRAINT "version_change_pkey" PRIMARY KEY ("version_id","since_id")
);

-- CreateTable
CREATE TABLE "manage_link" (
    "token_hash" TEXT NOT NULL,
    "signature_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "manage_link_pkey" PRIMARY KEY ("token_hash")
);

-- CreateIndex
CREATE INDEX "manage_link_signature_id_idx" ON "manage_link"("signature_id");

-- CreateIndex
CREATE INDEX "manage_link_expires_at_idx" ON "manage_link"("expires_at");

-- AddForeignKey
ALTER TABLE "version_change" ADD CONSTRAINT "version_change_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "letter_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "version_change" ADD CONSTRAINT "version_change_since_id_fkey" FOREIGN KEY ("since_id") REFERENCES "letter_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "manage_link" ADD CONSTRAINT "manage_link_signature_id_fkey" FOREIGN KEY ("signature_id") REFERENCES "signature"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What has a version already is told of it.
UPDATE "signature" g SET "told_version" = v."number" FROM "letter_version" v WHERE v."id" = g."letter_version_id" AND v."number" > 1;
UPDATE "public_signatory" p SET "version" = g."told_version" FROM "signature" g WHERE g."id" = p."signature_id" AND g."told_version" > 1;

-- Partial indexes, which Prisma cannot name: who is still to be told of a version, and who signed which version.
CREATE INDEX "signature_told" ON "signature" ("letter_id", "told_version", "reminded_version", "id")
  WHERE "state" IN ('VERIFIED', 'APPROVED');
CREATE INDEX "signature_of_version" ON "signature" ("letter_version_id", "earlier", "id")
  WHERE "state" IN ('VERIFIED', 'APPROVED', 'REJECTED');
