import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Moment } from "@/app/_components/letter/date";
import { env } from "@/lib/env";
import { localePath } from "@/lib/i18n/locales";
import type { LetterPage } from "@/lib/letters/cached";

type Props = { letter: LetterPage; locale: string; path: string; children: ReactNode };

/** A page that is printed: on paper, title, address and date stand at the top of each sheet. */
export function Printed({ letter: { title, updatedAt }, locale, path, children }: Props) {
  const t = useTranslations("letter");
  return (
    <div className="printed">
      <div className="printed-head" aria-hidden="true">
        <p>
          <bdi>{title}</bdi>
          <span>
            <bdi dir="ltr">{env().publicUrl + localePath(locale, path)}</bdi>
            <br />
            {t.rich("printed", { time: () => <Moment date={updatedAt} /> })}
          </span>
        </p>
      </div>
      <div className="printed-body">{children}</div>
    </div>
  );
}
