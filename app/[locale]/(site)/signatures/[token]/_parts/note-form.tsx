import { useTranslations } from "next-intl";
import { FormMessages } from "@/app/_components/form-messages";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { localePath } from "@/lib/i18n/locales";

/** Takes away the line in the list that says who withdrew. */
export function NoteForm({ path, locale }: { path: string; locale: string }) {
  const t = useTranslations("own.note");
  return (
    <FormMessages locale={locale}>
      <Form
        id="remove-note"
        className="form"
        action={localePath(locale, path)}
        initial={formState("remove-note")}
      >
        <p>{t("text")}</p>
        <button className="button" data-quiet type="submit">
          {t("submit")}
        </button>
      </Form>
    </FormMessages>
  );
}
