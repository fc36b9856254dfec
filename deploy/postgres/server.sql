-- Once for each server, as its superuser: psql -f server.sql
-- Otherwise PostgreSQL writes people's data into its log, and reuses old log files with their contents.
ALTER SYSTEM SET log_error_verbosity = 'terse';
ALTER SYSTEM SET wal_recycle = off;
SELECT pg_reload_conf();
