import { useTranslations } from "next-intl";
import { displayedFacts, FactList } from "@/app/[locale]/(site)/signatures/[token]/_parts/own-facts";
import { OwnForm } from "@/app/[locale]/(site)/signatures/[token]/_parts/own-form";
import { publicId } from "@/lib/http/public-ids";
import type { OwnSignature } from "@/lib/signatures/own/own-signatures";

type Props = { signature: OwnSignature; path: string; locale: string };

/** Hiding the name, by one press and at once; or asking for it to be shown, which a moderator checks. */
export function NameForms({ signature, ...own }: Props) {
  const t = useTranslations("own");
  const { visibility, state, kind, proposal } = signature;
  const of = kind === "ORGANISATION" ? "organisation" : "individual";
  const about = `own-${publicId(signature.id)}`;
  if (state === "REJECTED") return null;
  if (visibility === "PUBLIC")
    return (
      <OwnForm signature={signature} {...own} name="hide" title={t(`hide.title.${of}`)}>
        <p>{t(state === "APPROVED" ? "hide.text" : "hide.waiting")}</p>
        <button className="button" type="submit" aria-describedby={about}>
          {t(`hide.submit.${of}`)}
        </button>
      </OwnForm>
    );
  const waits = proposal?.state === "WAITING";
  if (waits && proposal.shows) return null;
  return (
    <OwnForm signature={signature} {...own} name="show" title={t(`show.title.${of}`)}>
      {waits && <p className="notice">{t("show.corrected")}</p>}
      <p>{t("show.text")}</p>
      <FactList facts={displayedFacts(toBeShown(signature), own.locale)} />
      <p>{t("show.wait")}</p>
      <button className="button" data-quiet type="submit" aria-describedby={about}>
        {t("show.submit")}
      </button>
    </OwnForm>
  );
}

/** Hiding the name of who signed for an organisation, at once; the organisation’s own stays. */
export function RepresentativeForm({ signature, ...own }: Props) {
  const t = useTranslations("own");
  const { kind, signatory, state } = signature;
  if (kind !== "ORGANISATION" || !signatory.representativePublic || state === "REJECTED") return null;
  return (
    <OwnForm signature={signature} {...own} name="hide-representative" title={t("hideRepresentative.title")}>
      <p>{t.rich("hideRepresentative.text", { name: () => <bdi>{signatory.representativeName}</bdi> })}</p>
      <button className="button" data-quiet type="submit" aria-describedby={`own-${publicId(signature.id)}`}>
        {t("hideRepresentative.submit")}
      </button>
    </OwnForm>
  );
}

/** What a moderator would be asked to show: as corrections that wait have it. */
export function toBeShown({
  kind,
  country,
  signatory,
  proposal,
}: Pick<OwnSignature, "kind" | "country" | "signatory" | "proposal">) {
  if (proposal?.state !== "WAITING") return { kind, country, signatory };
  return { kind, country: proposal.country, signatory: proposal.fields };
}
