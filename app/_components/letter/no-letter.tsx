import { permanentRedirect } from "next/navigation";
import { useTranslations } from "next-intl";
import { Message } from "@/app/_components/message";
import { NotFound } from "@/app/_components/not-found";
import { SitePage } from "@/app/_components/site-page";
import { answerWithStatus } from "@/app/_forms/form-state";
import { localePath } from "@/lib/i18n/locales";
import { absence } from "@/lib/letters/cached";

/**
 * What is shown where `letterPage` has no letter: that it was taken down, or nothing. A letter that has moved leads to
 * where it is now.
 * @param pathOf the page's path and query for the letter's present slug
 */
export async function noLetter(slug: string, locale: string, pathOf = letterPath) {
  const why = await absence(slug);
  if (why.is === "moved") permanentRedirect(localePath(locale, pathOf(why.slug)));
  if (why.is === "unknown") return <NotFound locale={locale} />;
  answerWithStatus(410);
  return <Gone locale={locale} organiserName={why.organiserName} note={why.note} />;
}

const letterPath = (slug: string) => `/letters/${slug}`;

type Props = { locale: string; organiserName: string; note: string | null };

function Gone({ locale, organiserName, note }: Props) {
  const t = useTranslations("letters.gone");
  return (
    <SitePage locale={locale} path="/">
      <title>{t("title")}</title>
      <meta name="robots" content="noindex" />
      <Message title={t("title")}>
        <p>{t("text", { organiser: organiserName })}</p>
        {note && (
          <p className="organiser-words" dir="auto">
            {note}
          </p>
        )}
        <p>
          <a href={localePath(locale, "/")}>{t("home")}</a>
        </p>
      </Message>
    </SitePage>
  );
}
