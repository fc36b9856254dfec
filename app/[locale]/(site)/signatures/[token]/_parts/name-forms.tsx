import { useTranslations } from "next-intl";
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
  if (proposal?.state === "WAITING" && proposal.shows) return null;
  return (
    <OwnForm signature={signature} {...own} name="show" title={t(`show.title.${of}`)}>
      <p>{t("show.text")}</p>
      <button className="button" data-quiet type="submit" aria-describedby={about}>
        {t("show.submit")}
      </button>
    </OwnForm>
  );
}
