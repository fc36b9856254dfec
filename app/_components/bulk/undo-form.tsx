import { useTranslations } from "next-intl";
import { FormMessages } from "@/app/_components/form-messages";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";

/** Undoes an act as a whole. */
export function UndoForm({ action, locale, running }: { action: string; locale: string; running: boolean }) {
  const t = useTranslations("bulk");
  return (
    <section aria-labelledby="undo">
      <h2 id="undo">{t("undoTitle")}</h2>
      <p>{t("undoText")}</p>
      <FormMessages locale={locale}>
        <Form id="undo-act" action={action} initial={formState("undo-act")} className="admin-buttons">
          <button className="button" data-quiet type="submit">
            {t(running ? "stopAndUndo" : "undo")}
          </button>
        </Form>
      </FormMessages>
    </section>
  );
}
