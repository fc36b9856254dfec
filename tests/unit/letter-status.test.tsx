import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { LetterStatus } from "@/app/[locale]/admin/letters/_parts/letter-status";
import { loadMessages } from "@/lib/i18n/messages";
import type { OrganiserLetter } from "@/lib/letters/organiser-queries";

const said = (status: OrganiserLetter["status"]) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={loadMessages("en")} timeZone="UTC">
      <LetterStatus letter={{ status, opensAt: null, closesAt: null, featured: true, listed: true }} />
    </NextIntlClientProvider>,
  );

it("says that a letter is on the home page only while it can be there", () => {
  for (const status of ["open", "closed"] as const)
    expect(said(status), status).toContain("On the home page");
  for (const status of ["unpublished", "draft", "archived"] as const)
    expect(said(status), status).not.toContain("On the home page");
});
