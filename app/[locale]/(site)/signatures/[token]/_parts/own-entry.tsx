import { useTranslations } from "next-intl";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { ChangedText } from "@/app/[locale]/(site)/signatures/[token]/_parts/changed-text";
import { Correct } from "@/app/[locale]/(site)/signatures/[token]/_parts/correct";
import { Move } from "@/app/[locale]/(site)/signatures/[token]/_parts/move";
import { NameForms, RepresentativeForm } from "@/app/[locale]/(site)/signatures/[token]/_parts/name-forms";
import {
  DisplayedFacts,
  isConcealed,
  PrivateFacts,
} from "@/app/[locale]/(site)/signatures/[token]/_parts/own-facts";
import { OwnForm } from "@/app/[locale]/(site)/signatures/[token]/_parts/own-form";
import { WaitingChange } from "@/app/[locale]/(site)/signatures/[token]/_parts/waiting-change";
import { publicId } from "@/lib/http/public-ids";
import { localePath } from "@/lib/i18n/locales";
import { DECISION_DAYS } from "@/lib/objections/rules";
import type { OwnSignature } from "@/lib/signatures/own/own-signatures";

type Props = { signature: OwnSignature; path: string; locale: string };

/** One of one's own signatures. */
export function OwnEntry({ signature, path, locale }: Props) {
  const t = useTranslations("own");
  const { slug, status, title, textLocale, version, change, reason, report, updates } = signature;
  const id = publicId(signature.id);
  const letter = <bdi {...letterLanguage(textLocale, locale)}>{title}</bdi>;
  const isRead = status === "open" || status === "closed";
  const own = { signature, path, locale };
  return (
    <>
      <h2 className="section-title" id={`own-${id}`}>
        <bdi>{signature.signatory.name}</bdi>
      </h2>
      <p className="lead">
        {isRead ? <a href={localePath(locale, `/letters/${slug}`)}>{letter}</a> : letter}
      </p>
      <p>{t(standingOf(signature), { number: version })}</p>
      {reason && <p className="notice">{t.rich("rejected", { reason: () => <bdi>{reason}</bdi> })}</p>}
      {report && <p className="notice">{t(`report.${report}`, { days: DECISION_DAYS })}</p>}
      {change && change.size !== "NONE" && <ChangedText {...own} change={change} />}
      <WaitingChange {...own} />
      <DisplayedFacts {...own} />
      <PrivateFacts {...own} />
      <NameForms {...own} />
      <RepresentativeForm {...own} />
      {signature.email && signature.state !== "REJECTED" && <Correct {...own} />}
      {signature.email && <Move {...own} />}
      <OwnForm {...own} name={updates ? "updates-off" : "updates-on"} title={t("updates.title")}>
        <p>{t(updates ? "updates.are" : "updates.areNot")}</p>
        <button className="button" data-quiet type="submit" aria-describedby={`own-${id}`}>
          {t(updates ? "updates.stop" : "updates.start")}
        </button>
      </OwnForm>
      {signature.email && (
        <OwnForm {...own} name="discreet" title={t("discreet.title")}>
          <p>{t(signature.discreet ? "discreet.on" : "discreet.off")}</p>
          {!signature.discreet && (
            <button className="button" data-quiet type="submit" aria-describedby={`own-${id}`}>
              {t("discreet.submit")}
            </button>
          )}
        </OwnForm>
      )}
      <section aria-labelledby={`withdraw-${id}`}>
        <h3 className="group-title" id={`withdraw-${id}`}>
          {t("withdraw.title")}
        </h3>
        <p>{t("withdraw.text")}</p>
        <p>
          <a
            className="button"
            data-quiet
            href={`${localePath(locale, path)}?step=withdraw.${id}`}
            aria-describedby={`own-${id}`}
          >
            {t("withdraw.begin")}
          </a>
        </p>
      </section>
    </>
  );
}

function standingOf(signature: OwnSignature): string {
  const { state, visibility, earlier, status } = signature;
  if (state === "REJECTED") return "standing.REJECTED";
  if (state !== "VERIFIED" && state !== "APPROVED") return "standing.PENDING";
  if (state === "APPROVED" && (status === "unpublished" || status === "draft")) return "standing.down";
  if (earlier) return `standing.earlier.${visibility}`;
  if (isConcealed(signature)) return "standing.APPROVED.CONCEALED";
  return `standing.${state}.${visibility}`;
}
