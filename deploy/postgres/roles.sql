-- Once for each server, as its superuser: psql -v owner_password=… -v password=… -f roles.sql
-- One role owns the tables and migrates. The other runs the program: it can change rows, but no tables and no triggers.
CREATE ROLE undersigned_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE undersigned LOGIN PASSWORD :'password';
-- Lets it empty the write-ahead log of deleted data.
GRANT pg_checkpoint TO undersigned;
