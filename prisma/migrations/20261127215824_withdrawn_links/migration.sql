-- Links that confirmed something stay with their mailbox; the sweep looks among the others.
DROP INDEX "confirmation_link_expires_at_idx";
CREATE INDEX "confirmation_link_unused" ON "confirmation_link"("expires_at") WHERE "used_at" IS NULL;

-- CreateTable
CREATE TABLE "withdrawn_link" (
    "hash" TEXT NOT NULL,

    CONSTRAINT "withdrawn_link_pkey" PRIMARY KEY ("hash")
);
