import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { type Noted, signaturePath } from "@/app/[locale]/admin/_parts/paths";
import { When } from "@/app/[locale]/admin/_parts/when";
import { HistoryWords } from "@/app/[locale]/admin/signatures/_parts/history-list";
import type { HistoryLine } from "@/lib/moderation/history";

type Props = {
  locale: string;
  noted?: Noted;
  /** What happened last to the signature that is shown, for one who was too late. */
  last?: HistoryLine;
};

/** What the act before this page has done. */
export function Notice({ locale, noted, last }: Props) {
  const t = useTranslations("admin.notices");
  if (!noted) return null;
  const { notice, was } = noted;
  if (notice === "conflict" && last) {
    const words = () => (
      <>
        <HistoryWords line={last} /> (<When at={last.at} />)
      </>
    );
    return (
      <p className="notice" role="status">
        {t.rich("conflict", { last: words })}
      </p>
    );
  }
  const link = (words: ReactNode) => was && <a href={signaturePath(locale, was)}>{words}</a>;
  return (
    <p className="notice" role="status">
      {t.rich(notice === "conflict" ? "conflictUnknown" : notice, { was: link })}
    </p>
  );
}
