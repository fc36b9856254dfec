import { useTranslations } from "next-intl";
import { FormMessages } from "@/app/_components/form-messages";
import { Moment } from "@/app/_components/letter/date";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { EmailField } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/email-field";
import { formOf, OwnForm } from "@/app/[locale]/(site)/signatures/[token]/_parts/own-form";
import { publicId } from "@/lib/http/public-ids";
import { localePath } from "@/lib/i18n/locales";
import type { OwnSignature } from "@/lib/signatures/own/own-signatures";

type Props = { signature: OwnSignature; path: string; locale: string };

/** Another address for one's own signature; or the one that it is about to have, with the button that stops it. */
export function Move({ signature, path, locale }: Props) {
  const t = useTranslations("own.move");
  const about = `own-${publicId(signature.id)}`;
  const { movesTo } = signature;
  if (movesTo)
    return (
      <OwnForm {...{ signature, path, locale }} name="stop-move" title={t("waiting")}>
        <p className="notice">
          {t.rich(!movesTo.confirmed ? "waits" : movesTo.agreed ? "decides" : "unagreed", {
            address: () => <bdi dir="ltr">{movesTo.address}</bdi>,
            time: () => <Moment date={movesTo.decidableAt} />,
          })}
        </p>
        <button className="button" type="submit" aria-describedby={about}>
          {t("stop")}
        </button>
      </OwnForm>
    );
  const form = formOf("move", signature);
  const sent = formState(form);
  return (
    <details className="entry-delete" open={sent !== undefined || undefined}>
      <summary>{t("title")}</summary>
      <FormMessages locale={locale} fields={["email"]}>
        <Form id={form} className="form" action={localePath(locale, path)} initial={sent}>
          <p>{t(signature.kind === "ORGANISATION" ? "textOrganisation" : "text")}</p>
          <EmailField label={t("email")} />
          <button className="button" type="submit" aria-describedby={about}>
            {t("submit")}
          </button>
        </Form>
      </FormMessages>
    </details>
  );
}
