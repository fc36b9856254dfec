#!/bin/sh
# Run by the image of PostgreSQL when its volume is new.
set -eu
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres \
  -v owner_password="$(cat /secrets/database/owner-password)" -v password="$(cat /secrets/database/password)" \
  -f /deploy/server.sql -f /deploy/roles.sql -v database=undersigned -f /deploy/database.sql
