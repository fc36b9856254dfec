import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { noLetter } from "@/app/_components/letter/no-letter";
import { signPath } from "@/app/_components/letter/sign-actions";
import { Message } from "@/app/_components/message";
import { pageMetadata } from "@/app/_components/page-metadata";
import { SitePage } from "@/app/_components/site-page";
import { SentAddress } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/sent-address";
import { MAIL_LIMITS } from "@/lib/abuse/limits/limits";
import { dateLocale, localePath } from "@/lib/i18n/locales";
import { letterPage } from "@/lib/letters/cached";
import { announcedMail } from "@/lib/mail/announced-mail";
import { readSite } from "@/lib/site/cached";

type Props = { params: Promise<{ locale: string; slug: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "signing.mailbox" });
  return pageMetadata({ locale, title: t("title") });
}

const pathOf = (slug: string) => `${signPath(slug)}/check-your-mailbox`;

/** What everybody sees who has signed, whatever the state of their address. */
export default async function Page({ params }: Props) {
  const { locale, slug } = await params;
  setRequestLocale(locale);
  const letter = await letterPage(slug, locale);
  if (!letter) return noLetter(slug, locale, pathOf);
  const t = await getTranslations("signing.mailbox");
  const mail = announcedMail(letter, await readSite(), locale);
  const askForLink = localePath(locale, "/signatures");
  const word = (key: string) => t(key, { time: "{time}" });
  return (
    <SitePage
      locale={locale}
      path={pathOf(slug)}
      organiser={{ name: letter.organiserName, url: letter.organiserUrl }}
    >
      <Message title={t("title")}>
        <p className="lead">{t("text")}</p>
        <dl className="facts">
          <div>
            <dt>{t("sender")}</dt>
            <dd>
              {mail.sender && <bdi>{mail.sender}</bdi>} <bdi dir="ltr">{mail.address}</bdi>
            </dd>
          </div>
          <div>
            <dt>{t("subject")}</dt>
            <dd>
              <bdi>{mail.subject}</bdi>
            </dd>
          </div>
        </dl>
        <p className="note">{t.rich("discreet", { subject: () => <bdi>{mail.discreet}</bdi> })}</p>
        <SentAddress
          slug={slug}
          locale={dateLocale(locale)}
          form={localePath(locale, `/letters/${slug}/sign`)}
          askForLink={askForLink}
          pauseMs={MAIL_LIMITS.address.pauseMs}
          words={{
            sentTo: word("sentTo"),
            correctAddress: word("correctAddress"),
            again: word("again"),
            askedAgain: word("askedAgain"),
            notAsked: word("notAsked"),
            correct: word("correct"),
            clear: word("clear"),
          }}
        />
        <p>{t("valid")}</p>
        <p>{t.rich("wait", { again: (words) => <a href={askForLink}>{words}</a> })}</p>
        <p>
          {t.rich("wrong", {
            again: (words) => <a href={localePath(locale, signPath(slug))}>{words}</a>,
          })}
        </p>
        <p className="note">{t("privacy")}</p>
        <p>
          <a href={localePath(locale, `/letters/${slug}`)}>{t("back")}</a>
        </p>
      </Message>
    </SitePage>
  );
}
