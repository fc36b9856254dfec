import { useTranslations } from "next-intl";
import { Message } from "@/app/_components/message";
import { AskForLink } from "@/app/[locale]/(site)/signatures/_parts/ask-for-link";
import { NoteForm } from "@/app/[locale]/(site)/signatures/[token]/_parts/note-form";
import { localePath } from "@/lib/i18n/locales";

type Props = { state: "expired" | "unknown"; locale: string };

const WORDS = { expired: "confirming.expired", unknown: "site.refused.broken-link" } as const;

/** A link that cannot confirm anything: why, and how to get another. The same for everybody. */
export function DeadLink({ state, locale }: Props) {
  const t = useTranslations();
  return (
    <Message title={t(`${WORDS[state]}.title`)}>
      <p>{t(`${WORDS[state]}.text`)}</p>
      <AskForLink path="/signatures" locale={locale} titled />
    </Message>
  );
}

type WithdrawnProps = {
  token: string;
  /** Whether the list says so. */
  noted: boolean;
  done?: unknown;
  locale: string;
};

/** Where the signature that a link showed was withdrawn: nothing else is known of it. */
export function WithdrawnLink({ token, noted, done, locale }: WithdrawnProps) {
  const t = useTranslations("confirming");
  return (
    <Message title={t("withdrawn.title")}>
      {done === "unlisted" && (
        <p className="notice" role="status">
          {t(noted ? "withdrawn.otherLine" : "withdrawn.unlisted")}
        </p>
      )}
      <p>{t(noted ? "withdrawn.noted" : "withdrawn.text")}</p>
      {noted && <NoteForm path={`/signatures/${token}`} locale={locale} />}
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
