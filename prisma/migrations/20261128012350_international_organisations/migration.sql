-- AlterTable
ALTER TABLE "public_signatory" ALTER COLUMN "country" SET DATA TYPE VARCHAR(3);

-- AlterTable
ALTER TABLE "letter_tally" DROP CONSTRAINT "letter_tally_pkey",
ALTER COLUMN "country" SET DATA TYPE VARCHAR(3),
ADD CONSTRAINT "letter_tally_pkey" PRIMARY KEY ("letter_id", "kind", "country");
