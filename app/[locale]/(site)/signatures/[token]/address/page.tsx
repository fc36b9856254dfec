import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { FormMessages } from "@/app/_components/form-messages";
import { Message } from "@/app/_components/message";
import { pageMetadata } from "@/app/_components/page-metadata";
import { SitePage } from "@/app/_components/site-page";
import { Form } from "@/app/_forms/form";
import { answerWithStatus, formState } from "@/app/_forms/form-state";
import { localePath } from "@/lib/i18n/locales";
import { behindMoveLink } from "@/lib/signatures/move/behind-link";

type Props = { params: Promise<{ locale: string; token: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "own.move.confirm" });
  return pageMetadata({ locale, title: t("title") });
}

/** What the new mailbox of a signature is asked. It shows; the button confirms. */
export default async function Page({ params }: Props) {
  const { locale, token } = await params;
  setRequestLocale(locale);
  const t = await getTranslations("own.move.confirm");
  const path = `/signatures/${token}/address`;
  const behind = await behindMoveLink(token, locale, new Date());
  if (behind.state === "over") answerWithStatus(404);
  return (
    <SitePage locale={locale} path={path}>
      <Message title={behind.state === "open" ? t("title") : t(`${behind.state}.title`)}>
        {behind.state !== "open" && <p>{t(`${behind.state}.text`)}</p>}
        {behind.state === "open" && (
          <>
            <p className="lead">{t.rich("text", { letter: () => <bdi>{behind.title}</bdi> })}</p>
            {behind.decided && <p>{t("decided")}</p>}
            <FormMessages locale={locale}>
              <Form id="move" className="form" action={localePath(locale, path)} initial={formState("move")}>
                <button className="button" type="submit">
                  {t("submit")}
                </button>
              </Form>
            </FormMessages>
            <p className="note">{t("notYou")}</p>
          </>
        )}
      </Message>
    </SitePage>
  );
}
