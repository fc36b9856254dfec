-- CreateEnum
CREATE TYPE "ObjectionState" AS ENUM ('UNCONFIRMED', 'OPEN', 'REMOVED', 'KEPT', 'GONE');

-- CreateTable
CREATE TABLE "objection" (
    "id" UUID NOT NULL,
    "letter_id" UUID NOT NULL,
    "signature_id" UUID NOT NULL,
    "state" "ObjectionState" NOT NULL DEFAULT 'UNCONFIRMED',
    "own" BOOLEAN NOT NULL DEFAULT false,
    "token_hash" TEXT NOT NULL,
    "contents" TEXT,
    "wrapped" TEXT,
    "address_hash" TEXT,
    "network_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "mailed_at" TIMESTAMPTZ(3),
    "confirmed_at" TIMESTAMPTZ(3),
    "told_at" TIMESTAMPTZ(3),
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "objection_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "objection_token_hash_key" ON "objection"("token_hash");

-- CreateIndex
CREATE INDEX "objection_signature_id_state_idx" ON "objection"("signature_id", "state");

-- CreateIndex
CREATE INDEX "objection_letter_id_state_idx" ON "objection"("letter_id", "state");

-- CreateIndex
CREATE INDEX "objection_state_created_at_idx" ON "objection"("state", "created_at");

-- CreateIndex
CREATE INDEX "objection_address_hash_created_at_idx" ON "objection"("address_hash", "created_at");

-- AddForeignKey
ALTER TABLE "objection" ADD CONSTRAINT "objection_signature_id_fkey" FOREIGN KEY ("signature_id") REFERENCES "signature"("id") ON DELETE CASCADE ON UPDATE CASCADE;
