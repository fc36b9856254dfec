-- CreateTable
CREATE TABLE "share_picture" (
    "letter_id" UUID NOT NULL,
    "language" TEXT NOT NULL,
    "says_hash" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "letter_changed_at" TIMESTAMPTZ(3) NOT NULL,
    "drawn_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "share_picture_pkey" PRIMARY KEY ("letter_id","language")
);

-- AddForeignKey
ALTER TABLE "share_picture" ADD CONSTRAINT "share_picture_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;
