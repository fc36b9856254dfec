-- AlterTable
ALTER TABLE "signatory" ADD COLUMN     "site_skeleton" TEXT,
ADD COLUMN     "skeleton" TEXT;
