import { useTranslations } from "next-intl";
import { Ended } from "@/app/_components/letter/date";
import { Message } from "@/app/_components/message";
import { localePath } from "@/lib/i18n/locales";
import type { LetterPage } from "@/lib/letters/cached";

export function ClosedLetter({ letter: { slug, closesAt }, locale }: { letter: LetterPage; locale: string }) {
  const t = useTranslations("signing.closed");
  return (
    <Message title={t("title")}>
      <p>
        {t.rich("text", {
          time: () => closesAt && <Ended at={closesAt} />,
          letter: (words) => <a href={localePath(locale, `/letters/${slug}`)}>{words}</a>,
          list: (words) => <a href={localePath(locale, `/letters/${slug}/signatories`)}>{words}</a>,
        })}
      </p>
      <p>{t.rich("link", { ask: (words) => <a href={localePath(locale, "/signatures")}>{words}</a> })}</p>
    </Message>
  );
}
