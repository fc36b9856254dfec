import { useTranslations } from "next-intl";
import { Until } from "@/app/_components/letter/date";
import { Difference } from "@/app/_components/letter/difference";
import { OwnForm } from "@/app/[locale]/(site)/signatures/[token]/_parts/own-form";
import { publicId } from "@/lib/http/public-ids";
import type { TextChange } from "@/lib/letters/difference/text-change";
import type { OwnSignature } from "@/lib/signatures/own/own-signatures";

type Props = { signature: OwnSignature; change: TextChange; path: string; locale: string };

/** What changed in the text since one signed it; where it is a large change, the question whether one signs it too. */
export function ChangedText({ change, signature, path, locale }: Props) {
  const t = useTranslations("own");
  const { size, since, number, reason, answerBy, blocks, textLocale } = change;
  const asked = size === "LARGE" && signature.state !== "REJECTED";
  const words = asked ? "asked" : "told";
  const said = (
    <>
      <p>{t(`${words}.text`, { since, number })}</p>
      {reason && <p>{t.rich("reason", { reason: () => <bdi className="organiser-words">{reason}</bdi> })}</p>}
      <Difference blocks={blocks} language={textLocale} locale={locale} />
    </>
  );
  if (!asked) {
    const id = `changed-${publicId(signature.id)}`;
    return (
      <section aria-labelledby={id}>
        <h3 className="group-title" id={id}>
          {t("told.title")}
        </h3>
        {said}
      </section>
    );
  }
  return (
    <OwnForm {...{ signature, path, locale }} name="confirm-again" title={t("asked.title")}>
      {said}
      <input type="hidden" name="version" value={number} />
      <button className="button" type="submit" aria-describedby={`own-${publicId(signature.id)}`}>
        {t("asked.submit", { number })}
      </button>
      {answerBy && !signature.earlier && (
        <p className="note">{t.rich("asked.date", { time: () => <Until at={answerBy} /> })}</p>
      )}
    </OwnForm>
  );
}
