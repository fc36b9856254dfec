-- One word for one thing: nothing but names changes.
ALTER TYPE "Quarantine" RENAME TO "HoldReason";
ALTER TYPE "HoldReason" RENAME VALUE 'UNPROVEN' TO 'UNCHECKED';
ALTER TYPE "HoldReason" RENAME VALUE 'INVALIDATED' TO 'BULK';

ALTER TABLE "signature" RENAME COLUMN "quarantine" TO "hold";
ALTER TABLE "signature" RENAME COLUMN "unproven" TO "unchecked";
ALTER TABLE "signature" RENAME COLUMN "lapses_at" TO "expires_at";
ALTER INDEX "signature_state_lapses_at_idx" RENAME TO "signature_state_expires_at_idx";
ALTER INDEX "signature_unproven_state_wide_network_hash_idx" RENAME TO "signature_unchecked_state_wide_network_hash_idx";
ALTER TABLE "signatory" RENAME COLUMN "sealed_country" TO "encrypted_country";
ALTER TABLE "mail" RENAME COLUMN "unproven" TO "unchecked";
ALTER TABLE "mail" RENAME COLUMN "proved" TO "checked";
ALTER TABLE "audit_entry" RENAME COLUMN "sealed" TO "encrypted";
ALTER TABLE "admin_session" RENAME COLUMN "proven_at" TO "mfa_verified_at";
ALTER TABLE "admin_session" RENAME COLUMN "failed_proofs" TO "mfa_failures";

ALTER TABLE "watched_name" RENAME TO "watchlist_name";
ALTER INDEX "watched_name_pkey" RENAME TO "watchlist_name_pkey";
ALTER INDEX "watched_name_letter_id_name_hash_key" RENAME TO "watchlist_name_letter_id_name_hash_key";
ALTER TABLE "watchlist_name" RENAME CONSTRAINT "watched_name_letter_id_fkey" TO "watchlist_name_letter_id_fkey";
ALTER TABLE "watchlist_name" RENAME CONSTRAINT "watched_name_admin_id_fkey" TO "watchlist_name_admin_id_fkey";

ALTER TABLE "bulk_act" RENAME TO "bulk_action";
ALTER INDEX "bulk_act_pkey" RENAME TO "bulk_action_pkey";
ALTER INDEX "bulk_act_letter_id_created_at_idx" RENAME TO "bulk_action_letter_id_created_at_idx";
ALTER TABLE "bulk_action" RENAME CONSTRAINT "bulk_act_letter_id_fkey" TO "bulk_action_letter_id_fkey";
ALTER TABLE "bulk_action" RENAME CONSTRAINT "bulk_act_admin_id_fkey" TO "bulk_action_admin_id_fkey";
ALTER TABLE "bulk_action" RENAME CONSTRAINT "bulk_act_undone_by_id_fkey" TO "bulk_action_undone_by_id_fkey";
ALTER TABLE "bulk_item" RENAME COLUMN "bulk_act_id" TO "bulk_action_id";
ALTER INDEX "bulk_item_bulk_act_id_state_idx" RENAME TO "bulk_item_bulk_action_id_state_idx";
ALTER TABLE "bulk_item" RENAME CONSTRAINT "bulk_item_bulk_act_id_fkey" TO "bulk_item_bulk_action_id_fkey";

-- What is kept as JSON has the same names.
UPDATE "bulk_item" SET before = jsonb_set(before - 'quarantine', '{hold}',
  CASE before->>'quarantine' WHEN 'UNPROVEN' THEN '"UNCHECKED"' WHEN 'INVALIDATED' THEN '"BULK"' ELSE before->'quarantine' END)
WHERE before ? 'quarantine';
UPDATE "mail" SET payload = (
  SELECT jsonb_object_agg(regexp_replace(key, '^sealed', 'encrypted'), value) FROM jsonb_each(payload))
WHERE payload ?| ARRAY['sealedToken', 'sealedAddress'];
UPDATE "mail" SET error = 'unchecked' WHERE error = 'unproven';

-- From PostgreSQL 18 on, NOT NULL has names too.
DO $$
DECLARE named record;
BEGIN
  FOR named IN
    SELECT c.conrelid::regclass AS tab, c.conname AS was, r.relname || '_' || a.attname || '_not_null' AS is_now
    FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid JOIN pg_namespace n ON n.oid = r.relnamespace
      JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = c.conkey[1]
    WHERE n.nspname = current_schema() AND c.contype::text = 'n'
      AND r.relname IN ('signature', 'mail', 'audit_entry', 'admin_session', 'watchlist_name', 'bulk_action', 'bulk_item')
      AND c.conname <> r.relname || '_' || a.attname || '_not_null'
  LOOP
    EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', named.tab, named.was, named.is_now);
  END LOOP;
END $$;
