import { useTranslations } from "next-intl";
import { TextField } from "@/app/_components/fields/text-field";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { formState } from "@/app/_forms/form-state";
import { FormOfMany } from "@/app/[locale]/admin/_parts/settings/form-of-many";
import { When } from "@/app/[locale]/admin/_parts/when";
import { publicId } from "@/lib/http/public-ids";
import { localePath } from "@/lib/i18n/locales";
import type { LetterRecord, Unended } from "@/lib/retention/queries";
import { RECORD_MONTHS } from "@/lib/retention/rules";

type Props = { records: LetterRecord[]; locale: string; confirmed: boolean };

/** What becomes of the data of each letter that has a closing time. */
export function LetterRecords({ records, locale, confirmed }: Props) {
  const t = useTranslations("data.records");
  if (records.length === 0) return <p>{t("none")}</p>;
  return (
    <ul className="rows">
      {records.map((record) => (
        <li key={record.slug}>
          <Record record={record} locale={locale} confirmed={confirmed} />
        </li>
      ))}
    </ul>
  );
}

/** Letters that were taken down without being closed. */
export function UnendedLetters({ letters, locale }: { letters: Unended[]; locale: string }) {
  const t = useTranslations("data.records");
  if (letters.length === 0) return null;
  return (
    <section aria-labelledby="unended">
      <h2 id="unended">{t("unended")}</h2>
      <p>{t("unendedHint")}</p>
      <ul className="rows">
        {letters.map(({ slug, title, textLocale, whole }) => (
          <li key={slug}>
            <a
              href={localePath(locale, `/admin/letters/${slug}/settings#close-heading`)}
              {...letterLanguage(textLocale, locale)}
            >
              {title}
            </a>
            <p className="note">{t("whole", { count: whole })}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Record({ record, locale, confirmed }: { record: LetterRecord } & Omit<Props, "records">) {
  const t = useTranslations("data.records");
  const { slug, title, textLocale, closesAt, time, state, whole } = record;
  return (
    <>
      <h3>
        <a
          href={localePath(locale, `/admin/letters/${slug}/settings`)}
          {...letterLanguage(textLocale, locale)}
        >
          {title}
        </a>
      </h3>
      <p>
        {t.rich(`state.${state}`, {
          closes: () => <When at={closesAt} />,
          time: () => <When at={time} />,
        })}
      </p>
      {state !== "done" && <p className="note">{t("whole", { count: whole })}</p>}
      {state !== "done" && state !== "running" && (
        <Forms record={record} locale={locale} confirmed={confirmed} />
      )}
    </>
  );
}

function Forms({ record, locale, confirmed }: { record: LetterRecord } & Omit<Props, "records">) {
  const t = useTranslations("data.records");
  const action = localePath(locale, "/admin/data");
  const form = (name: string) => `${name}.${publicId(record.id)}`;
  const { state, time, months } = record;
  const confirmable = (state === "asked" || state === "unconfirmed") && confirmed;
  return (
    <>
      {confirmable && (
        <FormOfMany
          id={form("confirm")}
          className="form"
          action={action}
          initial={formState(form("confirm"))}
        >
          <input type="hidden" name="recordTime" value={time.toISOString()} />
          <p>{t("confirmHint")}</p>
          <button className="button" data-quiet type="submit">
            {t("confirm")}
          </button>
        </FormOfMany>
      )}
      {state === "confirmed" && (
        <FormOfMany id={form("cancel")} className="form" action={action} initial={formState(form("cancel"))}>
          <button className="button" data-quiet type="submit">
            {t("cancel")}
          </button>
        </FormOfMany>
      )}
      <FormOfMany id={form("months")} className="form" action={action} initial={formState(form("months"))}>
        <TextField
          name="recordMonths"
          label={t("months")}
          hint={t("monthsHint", RECORD_MONTHS)}
          inputMode="numeric"
          width="short"
          dir="ltr"
          defaultValue={String(months)}
        />
        <button className="button" data-quiet type="submit">
          {t("saveMonths")}
        </button>
      </FormOfMany>
    </>
  );
}
