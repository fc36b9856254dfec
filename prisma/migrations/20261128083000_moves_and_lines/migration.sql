-- AlterTable
ALTER TABLE "signature" ADD COLUMN     "moved_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "address_move" ADD COLUMN     "agreed_at" TIMESTAMPTZ(3),
ADD COLUMN     "old_token_hash" TEXT;

-- AlterTable
ALTER TABLE "withdrawn_link" ADD COLUMN     "note_id" UUID;

-- DropIndex
DROP INDEX "withdrawal_note_link_hash_key";

-- AlterTable
ALTER TABLE "withdrawal_note" DROP COLUMN "link_hash";

-- CreateIndex
CREATE UNIQUE INDEX "address_move_old_token_hash_key" ON "address_move"("old_token_hash");

-- CreateIndex
CREATE INDEX "withdrawn_link_note_id_idx" ON "withdrawn_link"("note_id");

-- AddForeignKey
ALTER TABLE "withdrawn_link" ADD CONSTRAINT "withdrawn_link_note_id_fkey" FOREIGN KEY ("note_id") REFERENCES "withdrawal_note"("id") ON DELETE SET NULL ON UPDATE CASCADE;
