import { useTranslations } from "next-intl";
import {
  displayedFacts,
  FactList,
  representativeFacts,
} from "@/app/[locale]/(site)/signatures/[token]/_parts/own-facts";
import { OwnForm } from "@/app/[locale]/(site)/signatures/[token]/_parts/own-form";
import { publicId } from "@/lib/http/public-ids";
import type { OwnSignature } from "@/lib/signatures/own/own-signatures";

type Props = { signature: OwnSignature; path: string; locale: string };

/** What one wants shown instead: before it is approved, with the button that stops it; or why it was refused. */
export function WaitingChange({ signature, path, locale }: Props) {
  const t = useTranslations("own.change");
  const { proposal, kind } = signature;
  if (!proposal) return null;
  const { state, shows, country, fields, reason } = proposal;
  if (state === "REFUSED")
    return (
      <p className="notice">
        {t.rich("refused", { reason: () => <bdi className="organiser-words">{reason}</bdi> })}
      </p>
    );
  const after = { kind, country, signatory: fields };
  return (
    <OwnForm {...{ signature, path, locale }} name="stop" title={t(shows ? "showTitle" : "title")}>
      <p className="notice">
        {t(shows ? "showWaits" : signature.visibility === "WITHHELD" ? "hiddenWaits" : "waits")}
      </p>
      <FactList facts={[...displayedFacts(after, locale), ...representativeFacts(fields)]} />
      <p>{t("notYou")}</p>
      <button className="button" type="submit" aria-describedby={`own-${publicId(signature.id)}`}>
        {t("stop")}
      </button>
    </OwnForm>
  );
}
