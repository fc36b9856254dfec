import { useTranslations } from "next-intl";
import { Message } from "@/app/_components/message";
import { AskForLink } from "@/app/[locale]/(site)/signatures/_parts/ask-for-link";
import { NoteForms, Removed } from "@/app/[locale]/(site)/signatures/[token]/_parts/note-forms";
import { localePath } from "@/lib/i18n/locales";
import type { RemovedLine, WithdrawnLine } from "@/lib/signatures/own/withdrawal-note";

type Props = {
  state: "expired" | "ended" | "unknown";
  /** The lines about who withdrew that it can remove all the same, and the one that it just did. */
  lines?: WithdrawnLine[];
  removed?: RemovedLine | null;
  /** Of the page that removes them. */
  path?: string;
  locale: string;
};

const WORDS = {
  expired: "confirming.expired",
  ended: "confirming.ended",
  unknown: "site.refused.broken-link",
} as const;

/** A link that cannot confirm anything: why, and how to get another. The same for everybody. */
export function DeadLink({ state, lines = [], removed, path = "", locale }: Props) {
  const t = useTranslations();
  return (
    <Message title={t(`${WORDS[state]}.title`)}>
      {removed && <Removed line={removed} locale={locale} />}
      <p>{t(`${WORDS[state]}.text`)}</p>
      <NoteForms {...{ lines, path, locale }} />
      <AskForLink path="/signatures" locale={locale} titled />
    </Message>
  );
}

type WithdrawnProps = Required<Omit<Props, "state">> & {
  /** Whether its holder has just withdrawn it here. */
  justNow?: boolean;
};

/** Where the signature that a link showed was withdrawn: nothing else is known of it. */
export function WithdrawnLink({ lines, removed, path, locale, justNow }: WithdrawnProps) {
  const t = useTranslations("confirming");
  return (
    <Message title={t(justNow ? "withdrawn.justNow" : "withdrawn.title")}>
      {removed && <Removed line={removed} locale={locale} />}
      <p>{t(lines.length > 0 ? "withdrawn.noted" : "withdrawn.text")}</p>
      <NoteForms {...{ lines, path, locale }} />
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
