-- The rest of what is stored under the words of earlier versions: a limit's key, and jobs that wait.
UPDATE "mail_raise" SET key = 'unchecked' WHERE key = 'unproven' AND NOT EXISTS (SELECT FROM "mail_raise" WHERE key = 'unchecked');
UPDATE "address_mail" SET address_hash = 'unchecked'
WHERE address_hash = 'unproven' AND NOT EXISTS (SELECT FROM "address_mail" WHERE address_hash = 'unchecked');

DO $$
BEGIN
  IF to_regclass('pgboss.job') IS NOT NULL THEN
    UPDATE pgboss.job SET data = (data - 'bulkActId') || jsonb_build_object('bulkActionId', data->'bulkActId')
    WHERE data ? 'bulkActId';
  END IF;
END $$;
