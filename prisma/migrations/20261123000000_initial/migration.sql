-- CreateEnum
CREATE TYPE "SignatoryKind" AS ENUM ('ORGANISATION', 'INDIVIDUAL');

-- CreateEnum
CREATE TYPE "SignatureState" AS ENUM ('PENDING', 'VERIFIED', 'APPROVED', 'REJECTED', 'WITHDRAWN', 'EXPIRED');

-- CreateEnum
CREATE TYPE "Visibility" AS ENUM ('PUBLIC', 'WITHHELD');

-- CreateEnum
CREATE TYPE "TokenPurpose" AS ENUM ('CONFIRM');

-- CreateEnum
CREATE TYPE "ActorKind" AS ENUM ('SYSTEM', 'SIGNATORY', 'ADMIN');

-- CreateEnum
CREATE TYPE "DeliveryStatus" AS ENUM ('SENT', 'FAILED');

-- CreateTable
CREATE TABLE "letter" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "organiser_name" TEXT NOT NULL,
    "organiser_url" TEXT,
    "locale" TEXT NOT NULL,
    "featured" BOOLEAN NOT NULL DEFAULT false,
    "opens_at" TIMESTAMPTZ(3),
    "closes_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "letter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "letter_version" (
    "id" UUID NOT NULL,
    "letter_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "letter_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "letter_text" (
    "version_id" UUID NOT NULL,
    "locale" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "standfirst" TEXT NOT NULL,
    "recipients" TEXT NOT NULL,
    "body" TEXT NOT NULL,

    CONSTRAINT "letter_text_pkey" PRIMARY KEY ("version_id","locale")
);

-- CreateTable
CREATE TABLE "related_link" (
    "id" UUID NOT NULL,
    "letter_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "url" TEXT NOT NULL,

    CONSTRAINT "related_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "signatory" (
    "id" UUID NOT NULL,
    "kind" "SignatoryKind" NOT NULL,
    "country" CHAR(2) NOT NULL,
    "expert" BOOLEAN NOT NULL DEFAULT false,
    "typed" TEXT,
    "corrected" TEXT,
    "name" TEXT,
    "title" TEXT,
    "position" TEXT,
    "affiliation" TEXT,
    "website" TEXT,
    "orcid" TEXT,
    "folded" TEXT,

    CONSTRAINT "signatory_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "signature" (
    "id" UUID NOT NULL,
    "letter_id" UUID NOT NULL,
    "letter_version_id" UUID NOT NULL,
    "signatory_id" UUID NOT NULL,
    "locale" TEXT NOT NULL,
    "state" "SignatureState" NOT NULL,
    "visibility" "Visibility" NOT NULL,
    "updates" BOOLEAN NOT NULL,
    "claim" TEXT,
    "listing" TEXT,
    "address_hash" TEXT,
    "address" TEXT,
    "comment" TEXT,
    "reason" TEXT,
    "consent_version" TEXT NOT NULL,
    "consent_at" TIMESTAMPTZ(3) NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "submitted_at" TIMESTAMPTZ(3) NOT NULL,
    "lapses_at" TIMESTAMPTZ(3) NOT NULL,
    "mail_paused_until" TIMESTAMPTZ(3) NOT NULL,
    "verified_at" TIMESTAMPTZ(3),
    "decided_at" TIMESTAMPTZ(3),
    "published_at" TIMESTAMPTZ(3),

    CONSTRAINT "signature_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "signature_key" (
    "signature_id" UUID NOT NULL,
    "wrapped" TEXT NOT NULL,

    CONSTRAINT "signature_key_pkey" PRIMARY KEY ("signature_id")
);

-- CreateTable
CREATE TABLE "signature_token" (
    "id" UUID NOT NULL,
    "signature_id" UUID NOT NULL,
    "purpose" "TokenPurpose" NOT NULL,
    "hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "signature_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "letter_tally" (
    "letter_id" UUID NOT NULL,
    "kind" "SignatoryKind" NOT NULL,
    "country" CHAR(2) NOT NULL,
    "approved" INTEGER NOT NULL DEFAULT 0,
    "experts" INTEGER NOT NULL DEFAULT 0,
    "withheld" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "letter_tally_pkey" PRIMARY KEY ("letter_id","kind","country")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" "ActorKind" NOT NULL,
    "admin_id" UUID,
    "action" TEXT NOT NULL,
    "letter_id" UUID,
    "signature_id" UUID,
    "details" JSONB NOT NULL,
    "sealed" TEXT,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "address_mail" (
    "address_hash" TEXT NOT NULL,
    "sent_at" TIMESTAMPTZ(3)[],

    CONSTRAINT "address_mail_pkey" PRIMARY KEY ("address_hash")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" UUID NOT NULL,
    "message" TEXT NOT NULL,
    "signature_id" UUID,
    "status" "DeliveryStatus" NOT NULL,
    "provider_id" TEXT,
    "error" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "admin" (
    "id" UUID NOT NULL,
    "address_hash" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "granted" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "admin_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "admin_session" (
    "id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "admin_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "admin_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "admin_link" (
    "token_hash" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "admin_link_pkey" PRIMARY KEY ("token_hash")
);

-- CreateIndex
CREATE UNIQUE INDEX "letter_slug_key" ON "letter"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "letter_version_letter_id_number_key" ON "letter_version"("letter_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "related_link_letter_id_position_key" ON "related_link"("letter_id", "position");

-- CreateIndex
CREATE INDEX "signatory_kind_country_idx" ON "signatory"("kind", "country");

-- CreateIndex
CREATE UNIQUE INDEX "signature_signatory_id_key" ON "signature"("signatory_id");

-- CreateIndex
CREATE UNIQUE INDEX "signature_claim_key" ON "signature"("claim");

-- CreateIndex
CREATE UNIQUE INDEX "signature_listing_key" ON "signature"("listing");

-- CreateIndex
CREATE INDEX "signature_letter_id_state_verified_at_id_idx" ON "signature"("letter_id", "state", "verified_at", "id");

-- CreateIndex
CREATE INDEX "signature_letter_id_state_visibility_published_at_id_idx" ON "signature"("letter_id", "state", "visibility", "published_at", "id");

-- CreateIndex
CREATE INDEX "signature_address_hash_idx" ON "signature"("address_hash");

-- CreateIndex
CREATE INDEX "signature_state_lapses_at_idx" ON "signature"("state", "lapses_at");

-- CreateIndex
CREATE UNIQUE INDEX "signature_token_hash_key" ON "signature_token"("hash");

-- CreateIndex
CREATE INDEX "signature_token_signature_id_idx" ON "signature_token"("signature_id");

-- CreateIndex
CREATE INDEX "audit_entry_at_id_idx" ON "audit_entry"("at", "id");

-- CreateIndex
CREATE INDEX "audit_entry_signature_id_idx" ON "audit_entry"("signature_id");

-- CreateIndex
CREATE INDEX "delivery_signature_id_idx" ON "delivery"("signature_id");

-- CreateIndex
CREATE UNIQUE INDEX "admin_address_hash_key" ON "admin"("address_hash");

-- CreateIndex
CREATE UNIQUE INDEX "admin_session_token_hash_key" ON "admin_session"("token_hash");

-- CreateIndex
CREATE INDEX "admin_session_admin_id_idx" ON "admin_session"("admin_id");

-- AddForeignKey
ALTER TABLE "letter_version" ADD CONSTRAINT "letter_version_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letter_text" ADD CONSTRAINT "letter_text_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "letter_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "related_link" ADD CONSTRAINT "related_link_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "signature" ADD CONSTRAINT "signature_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "signature" ADD CONSTRAINT "signature_letter_version_id_fkey" FOREIGN KEY ("letter_version_id") REFERENCES "letter_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "signature" ADD CONSTRAINT "signature_signatory_id_fkey" FOREIGN KEY ("signatory_id") REFERENCES "signatory"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "signature_key" ADD CONSTRAINT "signature_key_signature_id_fkey" FOREIGN KEY ("signature_id") REFERENCES "signature"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "signature_token" ADD CONSTRAINT "signature_token_signature_id_fkey" FOREIGN KEY ("signature_id") REFERENCES "signature"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letter_tally" ADD CONSTRAINT "letter_tally_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_admin_id_fkey" FOREIGN KEY ("admin_id") REFERENCES "admin"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "admin_session" ADD CONSTRAINT "admin_session_admin_id_fkey" FOREIGN KEY ("admin_id") REFERENCES "admin"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Written by hand: search and likeness of shown names. Prisma's schema cannot say this;
-- tests/integration/migrations.test.ts lists it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE INDEX "signatory_folded_trgm" ON "signatory" USING gin ("folded" gin_trgm_ops);
