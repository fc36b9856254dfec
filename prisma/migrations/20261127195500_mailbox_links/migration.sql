-- AlterTable
ALTER TABLE "signature" ADD COLUMN     "mailbox_hash" TEXT;

-- AlterTable
ALTER TABLE "address_mail" ADD COLUMN     "networks" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "mail" ADD COLUMN     "mailbox_hash" TEXT,
ADD COLUMN     "proved" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "mailbox" (
    "hash" TEXT NOT NULL,
    "wrapped" TEXT NOT NULL,

    CONSTRAINT "mailbox_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "confirmation_link" (
    "token_hash" TEXT NOT NULL,
    "mailbox_hash" TEXT NOT NULL,
    "mailed_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "confirmation_link_pkey" PRIMARY KEY ("token_hash")
);

-- CreateIndex
CREATE INDEX "confirmation_link_mailbox_hash_idx" ON "confirmation_link"("mailbox_hash");

-- CreateIndex
CREATE INDEX "confirmation_link_expires_at_idx" ON "confirmation_link"("expires_at");

-- CreateIndex
CREATE INDEX "signature_mailbox_hash_idx" ON "signature"("mailbox_hash");

-- CreateIndex
CREATE INDEX "mail_mailbox_hash_idx" ON "mail"("mailbox_hash");

-- Entries wait in the mailbox that they were typed for.
UPDATE "signature" SET mailbox_hash = COALESCE(spelling_hash, address_hash);

-- Links that were mailed go on working, for all that waits in their mailbox.
INSERT INTO "confirmation_link" (token_hash, mailbox_hash, mailed_at, expires_at, used_at)
SELECT t.hash, s.mailbox_hash, t.expires_at - interval '7 days', t.expires_at, t.used_at
FROM "signature_token" t JOIN "signature" s ON s.id = t.signature_id WHERE s.mailbox_hash IS NOT NULL;

-- Of mails that are held, one for each mailbox stays: the one that leaves first. Confirmations that wait leave again with a
-- link for all.
DELETE FROM "mail" m USING "mail" o
WHERE m.state = 'HELD' AND o.state = 'HELD' AND m.address_hash = o.address_hash
  AND (o.unproven, o.queued_at, o.id) < (m.unproven, m.queued_at, m.id);
UPDATE "mail" SET signature_id = NULL WHERE state = 'HELD' AND message = 'confirm-signature';
UPDATE "mail" SET payload = jsonb_build_object('standing', jsonb_build_array(signature_id)), signature_id = NULL
WHERE state = 'HELD' AND message = 'signature-standing';
DROP INDEX "mail_held";
DROP INDEX "mail_held_address";
CREATE UNIQUE INDEX "mail_held" ON "mail"("address_hash") WHERE "state" = 'HELD';
INSERT INTO "mail" (id, message, state, queued_at, not_before, address_hash)
SELECT DISTINCT ON (s.address_hash) gen_random_uuid(), 'confirm-signature', 'HELD', m.queued_at, m.queued_at, s.address_hash
FROM "mail" m JOIN "signature" s ON s.id = m.signature_id
WHERE m.state = 'WAITING' AND m.message = 'confirm-signature' AND s.address_hash IS NOT NULL
ORDER BY s.address_hash, m.queued_at
ON CONFLICT (address_hash) WHERE state = 'HELD' DO NOTHING;
DELETE FROM "mail" WHERE state = 'WAITING' AND message = 'confirm-signature';
UPDATE "mail" m SET mailbox_hash = s.mailbox_hash, signature_id = NULL
FROM "signature" s WHERE s.id = m.signature_id AND m.message = 'confirm-signature';

-- DropTable
DROP TABLE "signature_token";

-- DropEnum
DROP TYPE "TokenPurpose";

-- AlterTable
ALTER TABLE "signature" DROP COLUMN "mail_paused_until";
