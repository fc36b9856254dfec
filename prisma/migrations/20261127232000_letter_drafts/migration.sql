-- CreateEnum
CREATE TYPE "ChangeSize" AS ENUM ('NONE', 'SMALL', 'LARGE');

-- AlterTable
ALTER TABLE "letter" ADD COLUMN     "closing_note" TEXT,
ADD COLUMN     "listed" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "unpublished_at" TIMESTAMPTZ(3),
ADD COLUMN     "unpublished_note" TEXT;

-- AlterTable
ALTER TABLE "letter_version" ADD COLUMN     "change" "ChangeSize",
ADD COLUMN     "reason" TEXT,
ADD COLUMN     "words_before" INTEGER,
ADD COLUMN     "words_changed" INTEGER;

-- CreateTable
CREATE TABLE "letter_draft" (
    "letter_id" UUID NOT NULL,
    "locale" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "standfirst" TEXT NOT NULL,
    "recipients" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,
    "admin_id" UUID,

    CONSTRAINT "letter_draft_pkey" PRIMARY KEY ("letter_id","locale")
);

-- CreateTable
CREATE TABLE "old_slug" (
    "slug" TEXT NOT NULL,
    "letter_id" UUID NOT NULL,

    CONSTRAINT "old_slug_pkey" PRIMARY KEY ("slug")
);

-- CreateTable
CREATE TABLE "timeline_entry" (
    "id" UUID NOT NULL,
    "letter_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "text" TEXT NOT NULL,
    "url" TEXT,

    CONSTRAINT "timeline_entry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "old_slug_letter_id_idx" ON "old_slug"("letter_id");

-- CreateIndex
CREATE INDEX "timeline_entry_letter_id_day_idx" ON "timeline_entry"("letter_id", "day");

-- AddForeignKey
ALTER TABLE "letter_draft" ADD CONSTRAINT "letter_draft_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letter_draft" ADD CONSTRAINT "letter_draft_admin_id_fkey" FOREIGN KEY ("admin_id") REFERENCES "admin"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "old_slug" ADD CONSTRAINT "old_slug_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "timeline_entry" ADD CONSTRAINT "timeline_entry_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;
