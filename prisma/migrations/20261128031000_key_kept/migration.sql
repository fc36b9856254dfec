-- AlterTable
ALTER TABLE "site" ADD COLUMN     "key_kept" BOOLEAN NOT NULL DEFAULT false;
