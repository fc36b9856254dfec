-- CreateTable
CREATE TABLE "standing_count" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "letter_id" UUID NOT NULL,
    "state" "SignatureState" NOT NULL,
    "hold" "HoldReason",
    "count" INTEGER NOT NULL,

    CONSTRAINT "standing_count_pkey" PRIMARY KEY ("id")
);

INSERT INTO "standing_count" (letter_id, state, hold, count)
SELECT letter_id, state, hold, count(*) FROM "signature" GROUP BY letter_id, state, hold;
