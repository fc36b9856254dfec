-- AlterTable
ALTER TABLE "letter" ADD COLUMN     "planned_close" TIMESTAMPTZ(3);
