import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { FormMessages } from "@/app/_components/form-messages";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { Message } from "@/app/_components/message";
import { pageMetadata } from "@/app/_components/page-metadata";
import { SitePage } from "@/app/_components/site-page";
import { Form } from "@/app/_forms/form";
import { answerWithStatus, formState } from "@/app/_forms/form-state";
import { localePath } from "@/lib/i18n/locales";
import { type BehindObjection, behindObjection } from "@/lib/objections/queries";
import { DECISION_DAYS } from "@/lib/objections/rules";

type Props = { params: Promise<{ locale: string; token: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, token } = await params;
  const { state } = await behindObjection(token, locale, new Date());
  const t = await getTranslations({ locale, namespace: "signatories.objecting" });
  return pageMetadata({ locale, title: t(`${state}.title`) });
}

/** The page of the link that confirms an objection. It shows; only its button changes anything. */
export default async function Page({ params }: Props) {
  const { locale, token } = await params;
  setRequestLocale(locale);
  const path = `/objections/${token}`;
  const behind = await behindObjection(token, locale, new Date());
  if (behind.state === "unknown") answerWithStatus(404);
  return (
    <SitePage locale={locale} path={path}>
      <Behind behind={behind} path={path} locale={locale} />
    </SitePage>
  );
}

type BehindProps = { behind: BehindObjection; path: string; locale: string };

function Behind({
  behind: { state, outcome, slug, title, textLocale, name, comment },
  path,
  locale,
}: BehindProps) {
  const t = useTranslations("signatories.objecting");
  return (
    <Message title={t(`${state}.title`)}>
      {title && textLocale && (
        <p className="lead" {...letterLanguage(textLocale, locale)}>
          {title}
        </p>
      )}
      <p>{outcome ? t(`decided.${outcome}`) : t(`${state}.text`, { days: DECISION_DAYS })}</p>
      {slug && (
        <p>
          <a href={localePath(locale, `/letters/${slug}/signatories`)}>{t("list")}</a>
        </p>
      )}
      {name && <p>{t.rich("entry", { name: () => <bdi>{name}</bdi> })}</p>}
      {comment && (
        <>
          <p>{t("comment")}</p>
          <blockquote className="quoted" dir="auto">
            {comment}
          </blockquote>
        </>
      )}
      {state === "ready" && (
        <FormMessages locale={locale}>
          <Form
            id="confirm-objection"
            className="form"
            action={localePath(locale, path)}
            initial={formState("confirm-objection")}
          >
            <button className="button" type="submit">
              {t("submit")}
            </button>
          </Form>
        </FormMessages>
      )}
    </Message>
  );
}
