import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { headlineParts } from "@/lib/counts/headline";
import type { Tally } from "@/lib/counts/rules";
import { localePath } from "@/lib/i18n/locales";
import { countedExperts, type ExpertWords } from "@/lib/letters/settings/expert-words";

type Props = { tally: Tally; open: boolean; experts?: ExpertWords | null };

/** The sentence of counts with its numbers set strong; before the first approval, an invitation. */
export function Headline(props: Props) {
  return (
    <p className="headline">
      <Sentence {...props} />
    </p>
  );
}

/** The same, as the way to the list, where there is somebody on it. */
export function HeadlineLink({ slug, ...props }: Props & { slug: string }) {
  const list = localePath(useLocale(), `/letters/${slug}/signatories`);
  if (props.tally.total === 0) return <Headline {...props} />;
  return (
    <p className="headline">
      <a href={list}>
        <Sentence {...props} />
      </a>
    </p>
  );
}

function Sentence({ tally, open, experts }: Props) {
  const t = useTranslations("letter.headline");
  const headline = headlineParts(tally);
  if (headline.form === "invitation") return t(open ? "invitation" : "none");
  const { form: _, key, ...counts } = headline;
  const strong = (number: ReactNode) => <strong>{number}</strong>;
  const own = () => experts && <OwnExperts experts={experts} count={counts.experts} />;
  const values = { ...counts, own: experts ? "yes" : "no", n: strong, ownExperts: own };
  const list = () => <span>{t.rich(key, values)}</span>;
  return t.rich("sentence", { list });
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
