-- AlterTable
ALTER TABLE "letter" ADD COLUMN     "withdrawals_shown" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "withdrawal_note" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "letter_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "SignatoryKind" NOT NULL,
    "country" VARCHAR(3) NOT NULL,
    "day" DATE NOT NULL,
    "link_hash" TEXT NOT NULL,

    CONSTRAINT "withdrawal_note_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "withdrawal_note_link_hash_key" ON "withdrawal_note"("link_hash");

-- CreateIndex
CREATE INDEX "withdrawal_note_letter_id_day_idx" ON "withdrawal_note"("letter_id", "day");

-- AddForeignKey
ALTER TABLE "withdrawal_note" ADD CONSTRAINT "withdrawal_note_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;
