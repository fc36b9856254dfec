-- CreateEnum
CREATE TYPE "ListOrder" AS ENUM ('NAME', 'TIME');

-- AlterTable
ALTER TABLE "letter" ADD COLUMN     "affiliation_required" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "contact" TEXT,
ADD COLUMN     "individuals_sign" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "list_order" "ListOrder" NOT NULL DEFAULT 'NAME',
ADD COLUMN     "names_shown" INTEGER NOT NULL DEFAULT 100,
ADD COLUMN     "organisations_sign" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "other_organisers" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "representatives_shown" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "sender_name" TEXT,
ADD COLUMN     "website_required" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "public_signatory" ADD COLUMN     "representative" TEXT,
ADD COLUMN     "signed_at" TIMESTAMPTZ(3);
UPDATE "public_signatory" p SET signed_at = g.submitted_at FROM "signature" g WHERE g.id = p.signature_id;
ALTER TABLE "public_signatory" ALTER COLUMN "signed_at" SET NOT NULL,
ALTER COLUMN "signed_at" SET STATISTICS 0,
ALTER COLUMN "representative" SET STATISTICS 0;

-- CreateIndex
CREATE INDEX "public_signatory_letter_id_section_signed_at_id_idx" ON "public_signatory"("letter_id", "section", "signed_at", "id");

-- CreateIndex
CREATE INDEX "public_signatory_letter_id_country_section_signed_at_id_idx" ON "public_signatory"("letter_id", "country", "section", "signed_at", "id");

-- CreateTable
CREATE TABLE "letter_words" (
    "letter_id" UUID NOT NULL,
    "locale" TEXT NOT NULL,
    "consent_line" TEXT,
    "questions" TEXT,
    "expert_forms" JSONB,
    "expert_note" TEXT,

    CONSTRAINT "letter_words_pkey" PRIMARY KEY ("letter_id","locale")
);

-- CreateTable
CREATE TABLE "pinned_signatory" (
    "signature_id" UUID NOT NULL,
    "letter_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "pinned_signatory_pkey" PRIMARY KEY ("signature_id")
);

-- CreateIndex
CREATE INDEX "pinned_signatory_letter_id_position_idx" ON "pinned_signatory"("letter_id", "position");

-- AddForeignKey
ALTER TABLE "letter_words" ADD CONSTRAINT "letter_words_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pinned_signatory" ADD CONSTRAINT "pinned_signatory_signature_id_fkey" FOREIGN KEY ("signature_id") REFERENCES "signature"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pinned_signatory" ADD CONSTRAINT "pinned_signatory_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;
