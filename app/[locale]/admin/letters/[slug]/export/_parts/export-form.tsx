import { useTranslations } from "next-intl";
import { CheckboxField } from "@/app/_components/fields/checkbox-field";
import { RadioGroup } from "@/app/_components/fields/radio-group";
import { FormMessages } from "@/app/_components/form-messages";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { ConfirmFirst } from "@/app/[locale]/admin/_parts/account/confirm-first";
import type { NextPage } from "@/app/[locale]/admin/_parts/account/next-page";
import { exportPath, listPath, nextExport } from "@/app/[locale]/admin/_parts/paths";
import { FilterList } from "@/app/[locale]/admin/bulk/_parts/filter-list";
import { CONFIRMED_MINUTES, type SessionMfa } from "@/lib/auth/rules";
import {
  COLUMNS,
  type Column,
  EXPORT_MINUTES,
  FORMATS,
  SHEET_ROWS,
  USUAL_COLUMNS,
} from "@/lib/moderation/export/rules";
import { columnField } from "@/lib/moderation/export/schemas";
import type { Filters } from "@/lib/moderation/filters/rules";

type Props = {
  slug: string;
  locale: string;
  /** The letter's title. */
  letter: string;
  filters: Filters & { letterId: string };
  owner: boolean;
  mfa: SessionMfa;
  confirmed: boolean;
};

/** Which signatures go into a file, in which form, and what it says of each. */
export function ExportForm({ slug, locale, letter, filters, owner, mfa, confirmed }: Props) {
  const t = useTranslations("exports");
  return (
    <section aria-labelledby="export-title">
      <h2 id="export-title">{t("title")}</h2>
      <p>{t("intro", { minutes: EXPORT_MINUTES })}</p>
      <div className="export-which">
        <h3>{t("which")}</h3>
        <FilterList filters={filters} letter={letter} />
        <p>
          <a href={listPath(locale, slug, filters)}>{t("change")}</a>
          <span className="note export-note">{t("changeHint")}</span>
        </p>
      </div>
      <FormMessages locale={locale}>
        <Form
          id="export"
          className="form"
          action={exportPath(locale, slug, filters)}
          initial={formState("export")}
        >
          <RadioGroup
            name="format"
            label={t("format")}
            choices={FORMATS.map((value) => ({
              value,
              label: t(`formats.${value}`),
              hint: t(`formatHints.${value}`, { rows: SHEET_ROWS }),
            }))}
            defaultValue="CSV"
          />
          <fieldset className="field export-fields">
            <legend>{t("columnsTitle")}</legend>
            <div className="export-columns">
              {COLUMNS.filter((column) => column !== "email").map((column) => (
                <ColumnBox key={column} column={column} />
              ))}
            </div>
          </fieldset>
          <Hidden {...{ owner, confirmed, mfa, locale }} next={nextExport(slug, filters)} />
          <button className="button" type="submit">
            {t("submit")}
          </button>
        </Form>
      </FormMessages>
    </section>
  );
}

function ColumnBox({ column }: { column: Column }) {
  const t = useTranslations("exports.columns");
  return (
    <CheckboxField
      name={columnField(column)}
      label={t(column)}
      optional
      ticked={USUAL_COLUMNS.includes(column)}
    />
  );
}

type HiddenProps = Pick<Props, "owner" | "confirmed" | "mfa" | "locale"> & { next: NextPage };

/** What readers don't see, for owners who have confirmed who they are. */
function Hidden({ owner, confirmed, mfa, locale, next }: HiddenProps) {
  const t = useTranslations("exports");
  if (!owner) return <p className="note">{t("ownersOnly")}</p>;
  if (!confirmed)
    return (
      <ConfirmFirst
        locale={locale}
        next={next}
        mfa={mfa}
        why={t("confirmFirst", { minutes: CONFIRMED_MINUTES })}
      />
    );
  return (
    <fieldset className="field">
      <legend>{t("hiddenTitle")}</legend>
      <CheckboxField name="hidden" label={t("hidden")} hint={t("hiddenHint")} optional ticked={false} />
      <CheckboxField
        name={columnField("email")}
        label={t("columns.email")}
        hint={t("emailHint")}
        optional
        ticked={false}
      />
    </fieldset>
  );
}
