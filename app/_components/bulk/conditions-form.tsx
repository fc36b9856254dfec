import { useTranslations } from "next-intl";
import { BoxGroup } from "@/app/_components/bulk/box-group";
import { choosePath } from "@/app/_components/bulk/paths";
import { SelectField } from "@/app/_components/fields/select-field";
import { TextAreaField } from "@/app/_components/fields/text-area-field";
import { TextField } from "@/app/_components/fields/text-field";
import { FormMessages } from "@/app/_components/form-messages";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import type { LetterChoice } from "@/lib/bulk/letter-choices";
import { CHOOSABLE_STATES, EARLY_FLAGS } from "@/lib/bulk/rules";
import { boxName } from "@/lib/bulk/schemas";
import { FLAGS } from "@/lib/flags/flag-codes";
import { publicId } from "@/lib/http/public-ids";
import type { FormValues } from "@/lib/http/request-context";

const QUARANTINES = ["UNPROVEN", "BLOCKED", "INVALIDATED"] as const;

type Props = { locale: string; letters: LetterChoice[]; values: FormValues };

/** Asks by which conditions signatures are chosen. Nothing is changed by sending it. */
export function ConditionsForm({ locale, letters, values }: Props) {
  const t = useTranslations("bulk");
  const marks = useTranslations("flags");
  const initial = formState("choose") ?? { id: "choose", values, errors: {} };
  return (
    <FormMessages locale={locale}>
      <Form id="choose" action={choosePath(locale)} initial={initial} className="form">
        <SelectField
          name="letter"
          label={t("letter")}
          prompt={t("letterPrompt")}
          width="long"
          options={letters.map(({ id, title }) => ({ value: publicId(id), label: title }))}
        />
        <BoxGroup
          label={t("states")}
          boxes={CHOOSABLE_STATES.map((state) => ({
            name: boxName("state", state),
            label: t(`state.${state}`),
          }))}
        />
        <p className="note">{t("narrow")}</p>
        <Origin />
        <Times />
        <Flags />
        <BoxGroup
          label={t("quarantines")}
          boxes={QUARANTINES.map((why) => ({
            name: boxName("quarantine", why),
            label: marks(`quarantine.${why}`),
          }))}
        />
        <TextField
          name="text"
          label={t("text")}
          hint={t("textHint")}
          autoComplete="off"
          spellCheck={false}
          optional
        />
        <button className="button" type="submit">
          {t("preview")}
        </button>
      </Form>
    </FormMessages>
  );
}

function Flags() {
  const t = useTranslations("bulk");
  const words = useTranslations("flags.short");
  const [one = "", other = ""] = EARLY_FLAGS.map((flag) => words(flag));
  const boxes = FLAGS.map((flag) => ({ name: boxName("flag", flag), label: words(flag) }));
  return <BoxGroup label={t("flags")} hint={t("marksHint", { one, other })} boxes={boxes} />;
}

function Origin() {
  const t = useTranslations("bulk");
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
    </>
  );
}

function Times() {
  const t = useTranslations("bulk");
  return (
    <div className="bulk-times">
      <TextField name="from" label={t("from")} type="datetime-local" width="medium" dir="ltr" optional />
      <TextField name="until" label={t("until")} type="datetime-local" width="medium" dir="ltr" optional />
    </div>
  );
}
