-- A rejected signature holds no place any more: it can be signed anew.
UPDATE "signature" SET "claim" = NULL WHERE "state" = 'REJECTED';
