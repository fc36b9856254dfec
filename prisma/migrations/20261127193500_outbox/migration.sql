-- CreateEnum
CREATE TYPE "MailState" AS ENUM ('HELD', 'WAITING', 'SENT', 'FAILED');

-- CreateTable
CREATE TABLE "mail" (
    "id" UUID NOT NULL,
    "message" TEXT NOT NULL,
    "signature_id" UUID,
    "recipient" TEXT,
    "payload" JSONB,
    "state" "MailState" NOT NULL,
    "priority" INTEGER NOT NULL DEFAULT 0,
    "queued_at" TIMESTAMPTZ(3) NOT NULL,
    "not_before" TIMESTAMPTZ(3) NOT NULL,
    "address_hash" TEXT,
    "domain_key" TEXT,
    "network_hash" TEXT,
    "unproven" BOOLEAN NOT NULL DEFAULT false,
    "batch_id" UUID,
    "place" INTEGER,
    "rendered" TEXT,
    "unheard_at" TIMESTAMPTZ(3),
    "provider_id" TEXT,
    "error" TEXT,
    "done_at" TIMESTAMPTZ(3),
    "resent_at" TIMESTAMPTZ(3),

    CONSTRAINT "mail_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "mail_signature_id_idx" ON "mail"("signature_id");

-- CreateIndex
CREATE INDEX "mail_provider_id_idx" ON "mail"("provider_id");

-- CreateIndex
CREATE INDEX "mail_state_done_at_idx" ON "mail"("state", "done_at");

-- AddForeignKey
ALTER TABLE "mail" ADD CONSTRAINT "mail_signature_id_fkey" FOREIGN KEY ("signature_id") REFERENCES "signature"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma has no words for: the mails that wait, in the order in which they leave; those of a call; the one about a
-- signature that may be held; and the notice that wakes the worker.
CREATE INDEX "mail_waiting" ON "mail"("priority" DESC, "queued_at", "id") WHERE "state" = 'WAITING';
CREATE INDEX "mail_in_call" ON "mail"("batch_id") WHERE "batch_id" IS NOT NULL;
CREATE UNIQUE INDEX "mail_held" ON "mail"("signature_id") WHERE "state" = 'HELD';
CREATE INDEX "mail_held_due" ON "mail"("unproven", "not_before") WHERE "state" = 'HELD';
CREATE INDEX "mail_held_address" ON "mail"("address_hash") WHERE "state" = 'HELD';
CREATE INDEX "mail_held_domain" ON "mail"("domain_key") WHERE "state" = 'HELD';

CREATE FUNCTION tell_of_mail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('undersigned_mail', '');
  RETURN NULL;
END $$;
CREATE TRIGGER mail_waits AFTER INSERT OR UPDATE OF state ON "mail"
  FOR EACH ROW WHEN (NEW.state = 'WAITING') EXECUTE FUNCTION tell_of_mail();

-- What became of mails, of the last 90 days and whatever nobody has seen to.
INSERT INTO "mail" (id, message, signature_id, recipient, state, queued_at, not_before, provider_id, error, done_at, resent_at)
SELECT d.id, d.message, s.id, s.spelling_hash, d.status::text::"MailState", d.at, d.at, d.provider_id, d.error, d.at, d.resent_at
FROM "delivery" d LEFT JOIN "signature" s ON s.id = d.signature_id;

-- Mails that limits hold.
INSERT INTO "mail" (id, message, signature_id, recipient, state, queued_at, not_before, address_hash, domain_key, network_hash, unproven)
SELECT gen_random_uuid(), CASE WHEN s.state = 'PENDING' THEN 'confirm-signature' ELSE 'signature-standing' END, h.signature_id,
  s.spelling_hash, 'HELD', h.held_at, h.next_at, h.address_hash, h.domain_key, h.network_hash, h.unproven
FROM "held_mail" h JOIN "signature" s ON s.id = h.signature_id;

-- Mails that wait in the queue, with the calls that they have been in. A new database has no queue yet.
DO $$
BEGIN
  IF to_regclass('pgboss.job') IS NOT NULL THEN
    INSERT INTO "mail" (id, message, signature_id, recipient, payload, state, priority, queued_at, not_before, batch_id, place, unheard_at)
    SELECT j.id, j.data->>'message', s.id, s.spelling_hash, NULLIF(j.data - 'message' - 'signatureId', '{}'), 'WAITING', j.priority,
      j.created_on, j.start_after, b.id, CASE WHEN b.id <> j.id THEN array_position(b.job_ids, j.id) END, b.unheard_at
    FROM pgboss.job j
    LEFT JOIN "signature" s ON s.id = (j.data->>'signatureId')::uuid
    LEFT JOIN LATERAL (SELECT * FROM "mail_batch" WHERE job_ids @> ARRAY[j.id] ORDER BY created_at LIMIT 1) b ON true
    WHERE j.name = 'mail' AND j.state IN ('created', 'retry', 'active')
    -- A mail that was sent is done. One that failed and is tried again waits for its outcome.
    ON CONFLICT (id) DO UPDATE SET state = EXCLUDED.state, payload = EXCLUDED.payload, priority = EXCLUDED.priority,
      queued_at = EXCLUDED.queued_at, not_before = EXCLUDED.not_before, batch_id = EXCLUDED.batch_id, place = EXCLUDED.place,
      unheard_at = EXCLUDED.unheard_at, error = NULL, done_at = NULL
    WHERE "mail".state = 'FAILED' AND "mail".resent_at IS NULL;
    DELETE FROM pgboss.job WHERE name = 'mail';
  END IF;
END $$;

-- DropForeignKey
ALTER TABLE "held_mail" DROP CONSTRAINT "held_mail_signature_id_fkey";

-- DropTable
DROP TABLE "held_mail";

-- DropTable
DROP TABLE "mail_batch";

-- DropTable
DROP TABLE "delivery";

-- DropEnum
DROP TYPE "DeliveryStatus";
