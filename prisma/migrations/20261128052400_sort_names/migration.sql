-- AlterTable
ALTER TABLE "public_signatory" ADD COLUMN     "sort_name" TEXT;
