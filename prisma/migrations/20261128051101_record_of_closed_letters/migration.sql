-- AlterTable
ALTER TABLE "letter" ADD COLUMN     "record_confirmed" TIMESTAMPTZ(3),
ADD COLUMN     "record_months" INTEGER NOT NULL DEFAULT 21,
ADD COLUMN     "record_place" UUID,
ADD COLUMN     "record_since" TIMESTAMPTZ(3);
