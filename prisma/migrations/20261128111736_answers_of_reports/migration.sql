-- AlterTable
ALTER TABLE "objection" ADD COLUMN     "answer_at" TIMESTAMPTZ(3);
