import { useTranslations } from "next-intl";
import { actPath } from "@/app/_components/bulk/paths";
import { TextAreaField } from "@/app/_components/fields/text-area-field";
import { FormMessages } from "@/app/_components/form-messages";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import type { Draft } from "@/lib/bulk/draft";

/** Runs a draft, and nothing else. */
export function RunForm({ draft: { id, count }, locale }: { draft: Draft; locale: string }) {
  const t = useTranslations("bulk");
  return (
    <FormMessages locale={locale}>
      <Form id="run" action={actPath(locale, id)} initial={formState("run")} className="form">
        <TextAreaField name="reason" label={t("reason")} hint={t("reasonHint")} />
        <p className="note bulk-note">{t("runHint")}</p>
        <button className="button" type="submit">
          {t("run", { count })}
        </button>
      </Form>
    </FormMessages>
  );
}
