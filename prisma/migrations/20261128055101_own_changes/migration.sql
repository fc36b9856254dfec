-- CreateEnum
CREATE TYPE "ProposalState" AS ENUM ('WAITING', 'STOPPED', 'REFUSED');

-- CreateEnum
CREATE TYPE "MoveState" AS ENUM ('ASKED', 'CONFIRMED');

-- CreateTable
CREATE TABLE "proposal" (
    "id" UUID NOT NULL,
    "signature_id" UUID NOT NULL,
    "state" "ProposalState" NOT NULL DEFAULT 'WAITING',
    "contents" TEXT NOT NULL,
    "shows" BOOLEAN NOT NULL,
    "reason" TEXT,
    "mail_id" UUID NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "proposal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "address_move" (
    "id" UUID NOT NULL,
    "signature_id" UUID NOT NULL,
    "state" "MoveState" NOT NULL DEFAULT 'ASKED',
    "token_hash" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "admin_id" UUID,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),

    CONSTRAINT "address_move_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "proposal_signature_id_key" ON "proposal"("signature_id");

-- CreateIndex
CREATE INDEX "proposal_state_proposed_at_idx" ON "proposal"("state", "proposed_at");

-- CreateIndex
CREATE UNIQUE INDEX "address_move_signature_id_key" ON "address_move"("signature_id");

-- CreateIndex
CREATE UNIQUE INDEX "address_move_token_hash_key" ON "address_move"("token_hash");

-- CreateIndex
CREATE INDEX "address_move_state_asked_at_idx" ON "address_move"("state", "asked_at");

-- AddForeignKey
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_signature_id_fkey" FOREIGN KEY ("signature_id") REFERENCES "signature"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "address_move" ADD CONSTRAINT "address_move_signature_id_fkey" FOREIGN KEY ("signature_id") REFERENCES "signature"("id") ON DELETE CASCADE ON UPDATE CASCADE;
