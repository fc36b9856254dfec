import { useTranslations } from "next-intl";
import { FormMessages } from "@/app/_components/form-messages";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { When } from "@/app/[locale]/admin/_parts/when";
import { Seen } from "@/app/[locale]/admin/signatures/_parts/decisions";
import type { SignatureDetail } from "@/lib/moderation/signature-detail";

type Props = { signature: SignatureDetail; action: string; locale: string };

/** That no mail goes to the signatory and why, with the button that changes it; nothing where mail does. */
export function SuppressedAddress({ signature, action, locale }: Props) {
  const t = useTranslations("mails.suppressed");
  const { suppressed } = signature;
  if (!suppressed) return null;
  const { reason, at, allowable } = suppressed;
  return (
    <section aria-labelledby="suppressed">
      <h2 id="suppressed">{t("title")}</h2>
      <p>{t.rich(reason, { time: () => <When at={at} /> })}</p>
      {allowable && (
        <FormMessages locale={locale}>
          <Form id="allow-mail" action={action} initial={formState("allow-mail")} className="admin-buttons">
            <Seen signature={signature} />
            <button className="button" data-quiet type="submit">
              {t("allow")}
            </button>
            <p className="note">{t("hint")}</p>
          </Form>
        </FormMessages>
      )}
    </section>
  );
}
