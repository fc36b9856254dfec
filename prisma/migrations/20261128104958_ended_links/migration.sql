-- AlterTable
ALTER TABLE "manage_link" ADD COLUMN     "ended_at" TIMESTAMPTZ(3),
ADD COLUMN     "ended_others" BOOLEAN NOT NULL DEFAULT false;
