-- AlterTable
ALTER TABLE "signatory" ADD COLUMN     "site_skeleton" TEXT,
ADD COLUMN     "skeleton" TEXT;

-- Written by hand: lookalikes of shown names and domains. Prisma's schema cannot say this;
-- tests/integration/migrations.test.ts lists it.
CREATE INDEX "signatory_skeleton_trgm" ON "signatory" USING gin ("skeleton" gin_trgm_ops);

CREATE INDEX "signatory_site_skeleton_trgm" ON "signatory" USING gin ("site_skeleton" gin_trgm_ops);
