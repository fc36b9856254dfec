-- AlterTable
ALTER TABLE "press_copy" ADD COLUMN     "left_out" INTEGER NOT NULL DEFAULT 0;
