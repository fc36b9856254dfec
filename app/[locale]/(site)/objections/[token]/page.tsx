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

type Props = {
  params: Promise<{ locale: string; token: string }>;
  searchParams: Promise<{ newer?: unknown }>;
};

export async function generateMetadata({ params }: Pick<Props, "params">): Promise<Metadata> {
  const { locale, token } = await params;
  const { state } = await behindObjection(token, locale, new Date());
  const t = await getTranslations({ locale, namespace: "signatories.objecting" });
  return pageMetadata({ locale, title: t(`${state}.title`) });
}

/** The page of the link that confirms an objection. It shows; only its button changes anything. */
export default async function Page({ params, searchParams }: Props) {
  const { locale, token } = await params;
  setRequestLocale(locale);
  const path = `/objections/${token}`;
  const behind = await behindObjection(token, locale, new Date());
  if (behind.state === "unknown") answerWithStatus(404);
  return (
    <SitePage locale={locale} path={path}>
      <Behind
        {...{ behind, path, locale }}
        newer={behind.state === "ready" && (await searchParams).newer === "1"}
      />
    </SitePage>
  );
}

type BehindProps = {
  behind: BehindObjection;
  /** Whether other words came while they were read. */
  newer: boolean;
  path: string;
  locale: string;
};

function Behind({ behind, newer, path, locale }: BehindProps) {
  const { state, outcome, slug, title, textLocale, name, comment, words, gone } = behind;
  const t = useTranslations("signatories.objecting");
  return (
    <Message title={t(`${state}.title`)}>
      {newer && (
        <p className="notice" role="status">
          {t("newer")}
        </p>
      )}
      {title && textLocale && (
        <p className="lead" {...letterLanguage(textLocale, locale)}>
          {title}
        </p>
      )}
      <p>{outcome ? t(`decided.${outcome}`) : t(`${state}.text`, { days: DECISION_DAYS })}</p>
      {gone && <p>{t("hidden")}</p>}
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
        <FormMessages locale={locale} fields={[]}>
          <Form
            id="confirm-objection"
            className="form"
            action={localePath(locale, path)}
            initial={formState("confirm-objection")}
          >
            <input type="hidden" name="words" value={words} />
            <button className="button" type="submit">
              {t("submit")}
            </button>
          </Form>
        </FormMessages>
      )}
    </Message>
  );
}
