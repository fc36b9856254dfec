-- What entries are sorted by has changed: the program makes their forms anew, at the end of migrating.
UPDATE "public_signatory" SET search_text = NULL;
