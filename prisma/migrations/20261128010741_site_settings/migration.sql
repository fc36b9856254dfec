-- CreateTable
CREATE TABLE "site" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "organiser_name" TEXT NOT NULL DEFAULT '',
    "website" TEXT,
    "contact" TEXT,
    "postal_address" TEXT,
    "press_contact" TEXT,
    "logo" BYTEA,
    "logo_id" UUID,
    "logo_width" INTEGER,
    "logo_height" INTEGER,
    "logo_alt" TEXT,
    "accent_hue" INTEGER,
    "footer_links" JSONB NOT NULL DEFAULT '[]',
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "locale" TEXT NOT NULL DEFAULT 'en',
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "site_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "site_text" (
    "site_id" INTEGER NOT NULL DEFAULT 1,
    "locale" TEXT NOT NULL,
    "imprint" TEXT NOT NULL DEFAULT '',
    "privacy" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "site_text_pkey" PRIMARY KEY ("site_id","locale")
);

-- AddForeignKey
ALTER TABLE "site_text" ADD CONSTRAINT "site_text_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "site"("id") ON DELETE CASCADE ON UPDATE CASCADE;
