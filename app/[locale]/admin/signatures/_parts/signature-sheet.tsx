import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useCountryNames } from "@/app/_components/country-names";
import { Entry, Standing, type Titled } from "@/app/[locale]/admin/_parts/entry";
import { SuppressedAddress } from "@/app/[locale]/admin/emails/_parts/suppressed-address";
import { AddressMove } from "@/app/[locale]/admin/signatures/_parts/address-move";
import { Decisions } from "@/app/[locale]/admin/signatures/_parts/decisions";
import { EvidenceList } from "@/app/[locale]/admin/signatures/_parts/evidence-list";
import { FlagList } from "@/app/[locale]/admin/signatures/_parts/flag-list";
import { HistoryList } from "@/app/[locale]/admin/signatures/_parts/history-list";
import { ProposedChange } from "@/app/[locale]/admin/signatures/_parts/proposed-change";
import { type ExpertWords, expertLabel } from "@/lib/letters/settings/expert-words";
import type { SignatureDetail } from "@/lib/moderation/signature-detail";

type Props = {
  signature: SignatureDetail;
  letter: Titled;
  /** What the letter calls experts, where it has words of its own. */
  experts: ExpertWords | null;
  /** Where its forms are sent. */
  action: string;
  locale: string;
  /** Where it comes from, after its evidence. */
  origin?: ReactNode;
};

/** Everything about one signature, in the order in which it is judged: the entry, warnings, evidence; what decides. */
export function SignatureSheet({ signature, letter, experts, action, locale, origin }: Props) {
  const t = useTranslations("admin");
  const { fields, kind, expert, country, slug, evidence, history } = signature;
  const { nameOf } = useCountryNames(locale);
  const own = experts && expertLabel(experts);
  return (
    <>
      <header className="case-head">
        <h1 className="admin-title">
          <bdi>{fields.name}</bdi>
        </h1>
        <p>
          {expert && own
            ? t("line.own", { own, country: nameOf(country) })
            : t(`line.${expert ? "EXPERT" : kind}`, { country: nameOf(country) })}
        </p>
        <Standing signature={signature} of={letter} own={own} locale={locale} />
      </header>
      <ProposedChange signature={signature} action={action} locale={locale} />
      {signature.move && <AddressMove signature={signature} action={action} locale={locale} />}
      <div className="case-parts">
        <div>
          <Entry signature={signature} locale={locale} />
          <FlagList signature={signature} locale={locale} />
        </div>
        <div>
          <section aria-labelledby="evidence">
            <h2 id="evidence">{t("evidence.title")}</h2>
            <EvidenceList evidence={evidence} slug={slug} locale={locale} />
          </section>
          {origin}
          {!signature.move && <AddressMove signature={signature} action={action} locale={locale} />}
          <SuppressedAddress signature={signature} action={action} locale={locale} />
          <section aria-labelledby="history">
            <h2 id="history">{t("history.title")}</h2>
            <HistoryList lines={history} />
          </section>
        </div>
      </div>
      <Decisions signature={signature} own={own} action={action} locale={locale} />
    </>
  );
}
