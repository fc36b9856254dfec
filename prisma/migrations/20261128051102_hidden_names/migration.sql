-- AlterTable
ALTER TABLE "signature" ADD COLUMN     "concealed" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "hidden_names" (
    "id" UUID NOT NULL,
    "letter_id" UUID NOT NULL,
    "country" VARCHAR(3) NOT NULL DEFAULT '',
    "active" BOOLEAN NOT NULL DEFAULT true,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "total" INTEGER NOT NULL,
    "place" UUID,

    CONSTRAINT "hidden_names_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "hidden_names_letter_id_country_key" ON "hidden_names"("letter_id", "country");

-- AddForeignKey
ALTER TABLE "hidden_names" ADD CONSTRAINT "hidden_names_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is hidden for now, to be found again when that ends.
CREATE INDEX "signature_concealed" ON "signature"("letter_id", "id") WHERE "concealed";
