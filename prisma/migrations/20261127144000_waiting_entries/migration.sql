-- AlterTable
ALTER TABLE "signature" ADD COLUMN     "content_digest" TEXT,
ADD COLUMN     "spelling_hash" TEXT;

-- CreateIndex
CREATE INDEX "signature_spelling_hash_idx" ON "signature"("spelling_hash");

-- CreateIndex
CREATE UNIQUE INDEX "signature_letter_version_id_content_digest_key" ON "signature"("letter_version_id", "content_digest");

-- A place is taken by confirming.
UPDATE "signature" SET "claim" = NULL WHERE "state" = 'PENDING';
