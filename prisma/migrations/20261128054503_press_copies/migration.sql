-- CreateEnum
CREATE TYPE "PressProblem" AS ENUM ('FONT');

-- CreateTable
CREATE UNLOGGED TABLE "press_copy" (
    "letter_id" UUID NOT NULL,
    "locale" TEXT NOT NULL,
    "bytes" BYTEA,
    "edition" INTEGER,
    "problem" "PressProblem",
    "voids" INTEGER NOT NULL DEFAULT 0,
    "seen_at" TIMESTAMPTZ(3),
    "made_at" TIMESTAMPTZ(3),

    CONSTRAINT "press_copy_pkey" PRIMARY KEY ("letter_id","locale")
);

-- CreateTable
CREATE TABLE "press_edition" (
    "letter_id" UUID NOT NULL,
    "locale" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "cut_off" TIMESTAMPTZ(3) NOT NULL,
    "content" TEXT NOT NULL,
    "checksum" TEXT NOT NULL,

    CONSTRAINT "press_edition_pkey" PRIMARY KEY ("letter_id","locale","number")
);

-- AddForeignKey
ALTER TABLE "press_copy" ADD CONSTRAINT "press_copy_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "press_edition" ADD CONSTRAINT "press_edition_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;
