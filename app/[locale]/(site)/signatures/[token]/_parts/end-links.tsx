import { useTranslations } from "next-intl";
import { FormMessages } from "@/app/_components/form-messages";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { localePath } from "@/lib/i18n/locales";

type Props = {
  /** Whether this link has ended the others before: it does so once. */
  endedOthers: boolean;
  /** How many signatures it opens. */
  count: number;
  /** Whether their address is known still, so that we email a new one. */
  mailed: boolean;
  path: string;
  locale: string;
};

/** Ends all other links of the mailbox, for somebody who has forwarded one. */
export function EndLinks({ endedOthers, count, mailed, path, locale }: Props) {
  const t = useTranslations("own.links");
  const form = "end-links";
  return (
    <section aria-labelledby={`${form}-title`}>
      <h2 className="section-title" id={`${form}-title`}>
        {t("title")}
      </h2>
      {endedOthers ? (
        <p>
          {t.rich("before", {
            ask: (words) => <a href={localePath(locale, "/signatures")}>{words}</a>,
          })}
        </p>
      ) : (
        <FormMessages locale={locale} fields={[]}>
          <Form id={form} className="form" action={localePath(locale, path)} initial={formState(form)}>
            <p>{t("text", { count, mailed: String(mailed) })}</p>
            <button className="button" data-quiet type="submit">
              {t("submit")}
            </button>
          </Form>
        </FormMessages>
      )}
    </section>
  );
}
