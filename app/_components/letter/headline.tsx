import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { headlineParts } from "@/lib/counts/headline";
import type { Tally } from "@/lib/counts/rules";

/** The sentence of counts with its numbers set strong; before the first approval, an invitation. */
export function Headline({ tally, open }: { tally: Tally; open: boolean }) {
  const t = useTranslations("letter.headline");
  const headline = headlineParts(tally);
  if (headline.form === "invitation") return <p className="headline">{t(open ? "invitation" : "none")}</p>;
  const { form: _, key, ...counts } = headline;
  const strong = (number: ReactNode) => <strong>{number}</strong>;
  const list = () => <span>{t.rich(key, { ...counts, n: strong })}</span>;
  return <p className="headline">{t.rich("sentence", { list })}</p>;
}

type Translate = {
  markup: (key: string, values: Record<string, number | ((chunks: string) => string)>) => string;
};

/** The counts as plain text, for descriptions; null before the first approval. */
export function headlineText(t: Translate, tally: Tally): string | null {
  const headline = headlineParts(tally);
  if (headline.form === "invitation") return null;
  const { form: _, key, ...counts } = headline;
  return t.markup(key, { ...counts, n: (number) => number });
}
