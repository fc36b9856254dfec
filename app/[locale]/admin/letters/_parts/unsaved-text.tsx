import { useTranslations } from "next-intl";
import { formState } from "@/app/_forms/form-state";
import { TEXT_PARTS } from "@/lib/letters/rules";

/** The text of one whose session ended while they wrote, without a script: it can be sent again from here. */
export function UnsavedText({ locale }: { locale: string }) {
  const t = useTranslations("letters");
  const values = formState("unsaved")?.values;
  if (!values?.page) return null;
  return (
    <section className="notice" aria-labelledby="unsaved-text" lang={locale}>
      <h2 id="unsaved-text">{t("unsavedText.title")}</h2>
      <p>{t("unsavedText.text")}</p>
      <form method="post" action={values.page} encType="multipart/form-data" className="form">
        <input type="hidden" name="form" value="text" />
        <input type="hidden" name="revision" value={values.revision ?? ""} />
        {TEXT_PARTS.map((part) => (
          <label key={part} className="field">
            {t(`parts.${part}`)}
            <textarea
              className="input"
              data-width="long"
              dir="auto"
              name={part}
              rows={part === "body" ? 12 : 2}
              defaultValue={values[part] ?? ""}
            />
          </label>
        ))}
        <button className="button" type="submit">
          {t("unsavedText.submit")}
        </button>
      </form>
    </section>
  );
}
