-- AlterTable
ALTER TABLE "letter" ADD COLUMN     "discreet_by_default" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "signature" ADD COLUMN     "discreet" BOOLEAN NOT NULL DEFAULT false;
