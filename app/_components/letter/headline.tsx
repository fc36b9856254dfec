import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { headlineParts } from "@/lib/counts/headline";
import type { Tally } from "@/lib/counts/rules";
import { countedExperts, type ExpertWords } from "@/lib/letters/settings/expert-words";

/** The sentence of counts with its numbers set strong; before the first approval, an invitation. */
export function Headline({
  tally,
  open,
  experts,
}: {
  tally: Tally;
  open: boolean;
  experts?: ExpertWords | null;
}) {
  const t = useTranslations("letter.headline");
  const headline = headlineParts(tally);
  if (headline.form === "invitation") return <p className="headline">{t(open ? "invitation" : "none")}</p>;
  const { form: _, key, ...counts } = headline;
  const strong = (number: ReactNode) => <strong>{number}</strong>;
  const own = () => experts && <OwnExperts experts={experts} count={counts.experts} />;
  const values = { ...counts, own: experts ? "yes" : "no", n: strong, ownExperts: own };
  const list = () => <span>{t.rich(key, values)}</span>;
  return <p className="headline">{t.rich("sentence", { list })}</p>;
}

function OwnExperts({ experts, count }: { experts: ExpertWords; count: number }) {
  const { number, words } = countedExperts(experts, count);
  if (number === null) return <strong>{words}</strong>;
  return (
    <>
      <strong>{number}</strong> {words}
    </>
  );
}

type Translate = {
  markup: (key: string, values: Record<string, number | string | ((chunks: string) => string)>) => string;
};

/** The counts as plain text, for descriptions; null before the first approval. */
export function headlineText(t: Translate, tally: Tally, experts?: ExpertWords | null): string | null {
  const headline = headlineParts(tally);
  if (headline.form === "invitation") return null;
  const { form: _, key, ...counts } = headline;
  const own = () => {
    const { number, words } = experts ? countedExperts(experts, counts.experts) : { number: null, words: "" };
    return number === null ? words : `${number} ${words}`;
  };
  const values = { ...counts, own: experts ? "yes" : "no", n: (number: string) => number, ownExperts: own };
  return t.markup(key, values);
}
