-- Once for each database, as the server's superuser: psql -v database=undersigned -f database.sql
-- Whoever runs the program owns the database, to rewrite tables with deleted data, but nothing in it.
CREATE DATABASE :"database" OWNER undersigned TEMPLATE template0 ENCODING 'UTF8';
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT, CREATE, TEMPORARY ON DATABASE :"database" TO undersigned_owner;
\connect :"database"
ALTER SCHEMA public OWNER TO undersigned_owner;
GRANT USAGE ON SCHEMA public TO undersigned;
CREATE EXTENSION pg_trgm;
ALTER DEFAULT PRIVILEGES FOR ROLE undersigned_owner GRANT USAGE ON SCHEMAS TO undersigned;
ALTER DEFAULT PRIVILEGES FOR ROLE undersigned_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO undersigned;
ALTER DEFAULT PRIVILEGES FOR ROLE undersigned_owner GRANT USAGE, SELECT ON SEQUENCES TO undersigned;
GRANT EXECUTE ON FUNCTION pg_switch_wal(), pg_ls_waldir() TO undersigned;
