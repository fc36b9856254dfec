import { Fragment, type ReactNode } from "react";
import { dateLocale } from "@/lib/i18n/locales";

type Props = { names: string[]; locale: string; children?: (name: string, place: number) => ReactNode };

/** Names as a sentence lists them in the reader's language, each in its own direction. */
export function NameList({ names, locale, children = (name) => <bdi>{name}</bdi> }: Props) {
  const parts = new Intl.ListFormat(dateLocale(locale), { type: "conjunction" }).formatToParts(names);
  let place = -1;
  return parts.map((part, at) => {
    if (part.type === "element") place += 1;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes
      <Fragment key={at}>{part.type === "element" ? children(part.value, place) : part.value}</Fragment>
    );
  });
}
