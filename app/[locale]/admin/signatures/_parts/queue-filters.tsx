import { useTranslations } from "next-intl";
import { SelectField } from "@/app/_components/fields/select-field";
import { TextAreaField } from "@/app/_components/fields/text-area-field";
import { TextField } from "@/app/_components/fields/text-field";
import { TickGroup } from "@/app/_components/fields/tick-group";
import { FormMessages } from "@/app/_components/form-messages";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { exportPath, listPath, type Whose } from "@/app/[locale]/admin/_parts/paths";
import { publicId } from "@/lib/http/public-ids";
import type { FieldErrors } from "@/lib/http/request-context";
import { OPERATIONS } from "@/lib/moderation/bulk/rules";
import {
  EARLY_FLAGS,
  type Filters,
  HOLD_REASONS,
  isNarrowed,
  VIEWS,
  wholeView,
} from "@/lib/moderation/filters/rules";
import { filterValues } from "@/lib/moderation/filters/schemas";
import { FLAGS } from "@/lib/moderation/flags/flag-codes";
import type { LetterCounts } from "@/lib/moderation/letter-counts";

type Props = {
  locale: string;
  whose: Whose;
  filters: Filters;
  errors: FieldErrors;
  letters: LetterCounts[];
  /** Whether the one who looks may change many signatures at once. */
  mayRun: boolean;
};

/** Narrows the list, and begins a bulk action with what it shows. */
export function QueueFilters({ locale, whose, filters, errors, letters, mayRun }: Props) {
  const t = useTranslations("bulk.filters");
  const narrowed = isNarrowed(filters);
  const values = filterValues(filters);
  const begun = formState("bulk-action");
  return (
    <div className="queue-tools">
      <details className="queue-filters" open={narrowed || Object.keys(errors).length > 0 || undefined}>
        <summary>{t("title")}</summary>
        <FormMessages locale={locale}>
          <Form
            id="filters"
            action={listPath(locale, whose, filters)}
            initial={{ id: "filters", values, errors }}
            className="form"
          >
            <p className="note">{t("rule")}</p>
            <Which {...{ filters, mayRun }} letters={whose === null ? letters : []} />
            <Origin />
            <Marks filters={filters} />
            <TextField
              name="text"
              label={t("text")}
              hint={t("textHint")}
              autoComplete="off"
              spellCheck={false}
              optional
            />
            <button className="button" type="submit">
              {t("show")}
            </button>
            {narrowed && (
              <p className="queue-clear">
                <a href={listPath(locale, whose, wholeView(...filters.views))}>{t("clear")}</a>
              </p>
            )}
          </Form>
        </FormMessages>
      </details>
      {mayRun && whose !== null && (
        <a className="button" data-quiet href={exportPath(locale, whose, filters)}>
          {t("export")}
        </a>
      )}
      {mayRun && (isNarrowed(filters) || begun) && <BeginAction {...{ locale, whose, filters }} />}
    </div>
  );
}

function BeginAction({ locale, whose, filters }: Pick<Props, "locale" | "whose" | "filters">) {
  const t = useTranslations("bulk");
  return (
    <section aria-labelledby="bulk-title" className="queue-bulk">
      <h2 id="bulk-title">{t("begin.title")}</h2>
      <FormMessages locale={locale}>
        <Form
          id="bulk-action"
          action={listPath(locale, whose, filters)}
          initial={formState("bulk-action")}
          className="form"
        >
          <SelectField
            name="operation"
            label={t("begin.operation")}
            hint={t("begin.hint")}
            options={OPERATIONS.map((value) => ({ value, label: t(`operation.${value}`) }))}
            defaultValue="REJECT"
          />
          <button className="button" data-quiet="" type="submit">
            {t("begin.preview")}
          </button>
        </Form>
      </FormMessages>
    </section>
  );
}

function Which({ filters, letters, mayRun }: Pick<Props, "filters" | "letters" | "mayRun">) {
  const t = useTranslations("bulk");
  const views = VIEWS.filter((view) => view !== "PENDING" || mayRun);
  return (
    <>
      {letters.length > 1 && (
        <SelectField
          name="letter"
          label={t("filters.letter")}
          prompt={t("filters.anyLetter")}
          width="long"
          optional
          options={letters.map(({ id, title }) => ({ value: publicId(id), label: title }))}
        />
      )}
      <TickGroup
        name="state"
        label={t("filters.views")}
        ticks={views.map((view) => ({ value: view.toLowerCase(), label: t(`view.${view}`) }))}
        ticked={filters.views.map((view) => view.toLowerCase())}
      />
    </>
  );
}

function Marks({ filters }: Pick<Props, "filters">) {
  const t = useTranslations("bulk.filters");
  const words = useTranslations("flags");
  const [one = "", other = ""] = EARLY_FLAGS.map((flag) => words(`short.${flag}`));
  return (
    <>
      <TickGroup
        name="flag"
        label={t("flags")}
        hint={t("flagsHint", { one, other })}
        ticks={FLAGS.map((flag) => ({ value: flag, label: words(`short.${flag}`) }))}
        ticked={filters.flags}
      />
      <TickGroup
        name="hold"
        label={t("holds")}
        ticks={HOLD_REASONS.map((why) => ({
          value: why.toLowerCase(),
          label: words(`hold.${why}`),
        }))}
        ticked={filters.holds.map((why) => why.toLowerCase())}
      />
    </>
  );
}

function Origin() {
  const t = useTranslations("bulk.filters");
  return (
    <>
      <TextAreaField name="domains" label={t("domains")} hint={t("domainsHint")} rows={3} optional />
      <TextField
        name="networks"
        label={t("networks")}
        hint={t("networksHint")}
        dir="ltr"
        autoComplete="off"
        spellCheck={false}
        optional
      />
      <div className="bulk-times">
        <TextField name="from" label={t("from")} type="datetime-local" width="medium" dir="ltr" optional />
        <TextField name="until" label={t("until")} type="datetime-local" width="medium" dir="ltr" optional />
      </div>
    </>
  );
}
