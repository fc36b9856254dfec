import { useTranslations } from "next-intl";
import { TextAreaField } from "@/app/_components/fields/text-area-field";
import { FormMessages } from "@/app/_components/form-messages";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import type { Preview } from "@/lib/bulk/preview-invalidation";

/** Runs what was previewed, and nothing else. */
export function RunForm({ preview, action, locale }: { preview: Preview; action: string; locale: string }) {
  const t = useTranslations("bulk");
  return (
    <FormMessages locale={locale}>
      <Form id="run" action={action} initial={formState("run")} className="form">
        <input type="hidden" name="fingerprint" value={preview.fingerprint} />
        <TextAreaField name="reason" label={t("reason")} hint={t("reasonHint")} />
        <button className="button" type="submit">
          {t("run", { count: preview.count })}
        </button>
        <p className="note">{t("runHint")}</p>
      </Form>
    </FormMessages>
  );
}
