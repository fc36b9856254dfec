-- AlterTable
ALTER TABLE "site" ADD COLUMN     "country_names" JSONB NOT NULL DEFAULT '{}';
