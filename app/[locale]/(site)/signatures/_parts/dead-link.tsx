import { useTranslations } from "next-intl";
import { Message } from "@/app/_components/message";
import { AskForLink } from "@/app/[locale]/(site)/signatures/_parts/ask-for-link";
import { localePath } from "@/lib/i18n/locales";

type Props = { state: "expired" | "unknown"; locale: string };

const WORDS = { expired: "confirming.expired", unknown: "site.refused.broken-link" } as const;

/** A link that cannot confirm anything: why, and how to get another. The same for everybody. */
export function DeadLink({ state, locale }: Props) {
  const t = useTranslations();
  return (
    <Message title={t(`${WORDS[state]}.title`)}>
      <p>{t(`${WORDS[state]}.text`)}</p>
      <AskForLink path="/signatures" locale={locale} />
    </Message>
  );
}

/** Where the signature that a link showed was withdrawn: nothing else is known of it. */
export function WithdrawnLink({ locale }: { locale: string }) {
  const t = useTranslations("confirming");
  return (
    <Message title={t("withdrawn.title")}>
      <p>{t("withdrawn.text")}</p>
      <p>
        <a href={localePath(locale, "/")}>{t("home")}</a>
      </p>
    </Message>
  );
}

/** After asking for a link: the same for every address. */
export function Resent({ locale }: { locale: string }) {
  const t = useTranslations("confirming");
  return (
    <Message title={t("resent.title")}>
      <p className="lead">{t("resent.text")}</p>
      <p>
        {t.rich("resent.again", { ask: (words) => <a href={localePath(locale, "/signatures")}>{words}</a> })}
      </p>
      <p>
        <a href={localePath(locale, "/")}>{t("home")}</a>
      </p>
    </Message>
  );
}
