import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { FormMessages } from "@/app/_components/form-messages";
import { AdminFrame } from "@/app/[locale]/admin/_parts/frame";
import { adminOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { type MailSearch, readMailSearch } from "@/app/[locale]/admin/emails/_parts/asked-mails";
import { FailedMails } from "@/app/[locale]/admin/emails/_parts/failed-mails";
import { HeldMails } from "@/app/[locale]/admin/emails/_parts/held-mails";
import { UncreatedMails } from "@/app/[locale]/admin/emails/_parts/uncreated-mails";
import { can } from "@/lib/auth/permissions";
import { localePath } from "@/lib/i18n/locales";
import { failedMails } from "@/lib/mail/failed-mails";
import { heldMailLines } from "@/lib/mail/held-domains";
import { uncreatedMails } from "@/lib/mail/uncreated-mails";

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<MailSearch> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "mails" }))("title") };
}

/** The mails that could not be delivered or wait for a limit, and the buttons that send them. */
export default async function Page({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const admin = await adminOrSignIn(locale, "mail.read");
  const t = await getTranslations("mails");
  const { list, after, done, counts } = readMailSearch(await searchParams);
  const { lines, next } = await failedMails(admin, list, after);
  const waiting = await heldMailLines(admin, new Date());
  const uncreated = list === "open" && !after ? await uncreatedMails(admin) : [];
  const place = { locale, list, next, later: Boolean(after) };
  return (
    <AdminFrame locale={locale} admin={admin} current="emails">
      {done && (
        <p className="notice" role="status">
          {t(`done.${done}`, counts)}
        </p>
      )}
      <div className="admin-head">
        <h1 className="admin-title">{t("title")}</h1>
        {can(admin.role, "site.edit") && (
          <a className="button" data-quiet href={localePath(locale, "/admin/emails/test")}>
            {t("test.title")}
          </a>
        )}
      </div>
      <p className="admin-standing">{t("intro")}</p>
      <FormMessages locale={locale}>
        <FailedMails
          {...place}
          lines={lines}
          resends={can(admin.role, "mail.resend")}
          allows={can(admin.role, "mail.allow")}
        />
        <UncreatedMails lines={uncreated} />
        {!after && <HeldMails {...waiting} locale={locale} raises={can(admin.role, "mail.raise")} />}
      </FormMessages>
    </AdminFrame>
  );
}
