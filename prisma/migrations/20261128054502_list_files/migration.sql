-- AlterTable
ALTER TABLE "letter" ADD COLUMN     "list_files" BOOLEAN NOT NULL DEFAULT false;
