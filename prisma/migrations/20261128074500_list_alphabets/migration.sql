-- Lists are in the alphabet of their letter's language: the program makes their entries' forms anew, at the end of migrating.
UPDATE "public_signatory" p SET search_text = NULL
FROM "letter" l WHERE l.id = p.letter_id AND l.locale IN ('ar', 'es', 'tr', 'ug', 'zh-Hans');
