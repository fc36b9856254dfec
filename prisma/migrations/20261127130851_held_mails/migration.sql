-- AlterTable
ALTER TABLE "signature" ADD COLUMN     "wide_network_hash" TEXT;

-- CreateTable
CREATE TABLE "held_mail" (
    "signature_id" UUID NOT NULL,
    "address_hash" TEXT NOT NULL,
    "domain_key" TEXT,
    "network_hash" TEXT,
    "unproven" BOOLEAN NOT NULL,
    "held_at" TIMESTAMPTZ(3) NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "held_mail_pkey" PRIMARY KEY ("signature_id")
);

-- CreateTable
CREATE TABLE "mail_raise" (
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "admin_id" UUID NOT NULL,

    CONSTRAINT "mail_raise_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "held_mail_unproven_next_at_idx" ON "held_mail"("unproven", "next_at");

-- CreateIndex
CREATE INDEX "held_mail_address_hash_idx" ON "held_mail"("address_hash");

-- CreateIndex
CREATE INDEX "held_mail_domain_key_idx" ON "held_mail"("domain_key");

-- CreateIndex
CREATE INDEX "signature_unproven_state_wide_network_hash_idx" ON "signature"("unproven", "state", "wide_network_hash");

-- AddForeignKey
ALTER TABLE "held_mail" ADD CONSTRAINT "held_mail_signature_id_fkey" FOREIGN KEY ("signature_id") REFERENCES "signature"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mail_raise" ADD CONSTRAINT "mail_raise_admin_id_fkey" FOREIGN KEY ("admin_id") REFERENCES "admin"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
