-- CreateTable
CREATE TABLE "erasure" (
    "id" UUID NOT NULL,
    "hash" TEXT,
    "noted" BOOLEAN NOT NULL DEFAULT false,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "erasure_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "upkeep" (
    "task" TEXT NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    "failed_at" TIMESTAMPTZ(3),
    "problem" TEXT,

    CONSTRAINT "upkeep_pkey" PRIMARY KEY ("task")
);

-- CreateIndex
CREATE INDEX "erasure_noted_idx" ON "erasure"("noted");

-- Names and notes are sealed by the program, which also replaces the folded names by hashes: the key is not here.
-- PostgreSQL 18 names the constraint after the column, so it is made anew.
ALTER TABLE "watched_name" ALTER COLUMN "folded" DROP NOT NULL;

ALTER TABLE "watched_name" RENAME COLUMN "folded" TO "name_hash";

ALTER TABLE "watched_name" ALTER COLUMN "name_hash" SET NOT NULL;

ALTER INDEX "watched_name_letter_id_folded_key" RENAME TO "watched_name_letter_id_name_hash_key";

-- AlterTable
ALTER TABLE "signatory" ADD COLUMN     "sealed_country" TEXT,
ALTER COLUMN "country" DROP NOT NULL;
