import { useLocale, useTranslations } from "next-intl";
import { CheckboxField } from "@/app/_components/fields/checkbox-field";
import { TextAreaField } from "@/app/_components/fields/text-area-field";
import { TextField } from "@/app/_components/fields/text-field";
import { SettingsForm } from "@/app/[locale]/admin/_parts/settings/settings-form";
import { zoneName } from "@/lib/i18n/site-time";
import type { OrganiserLetter } from "@/lib/letters/organiser-queries";
import { writeTime } from "@/lib/letters/schemas";

type Props = { letter: OrganiserLetter; action: string };
type TimedProps = Props & { zone: string };

/** When a letter opens and closes, and what is said then. */
export function LifeSettings({ letter, action, zone }: TimedProps) {
  const { status, closesAt } = letter;
  const ended = closesAt !== null && closesAt <= new Date();
  return (
    <>
      {status !== "draft" && status !== "archived" && <Times letter={letter} action={action} zone={zone} />}
      {status === "open" && <Close action={action} hint="closeHint" />}
      {status === "closed" && <Note letter={letter} action={action} />}
      {status === "archived" && <Unarchive action={action} />}
      {status === "unpublished" && <Again action={action} />}
      {status === "unpublished" && !ended && <Close action={action} hint="closeDownHint" />}
    </>
  );
}

/** What is rarely done: apart from the rest, at the end. */
export function EndSettings({ letter: { status }, action }: Props) {
  return (
    <>
      {status === "closed" && <Archive action={action} />}
      {(status === "open" || status === "closed" || status === "archived") && <Unpublish action={action} />}
    </>
  );
}

function Times({ letter: { status, opensAt, closesAt, plannedClose }, action, zone }: TimedProps) {
  const locale = useLocale();
  const t = useTranslations("letters.settings");
  const closed = status === "closed";
  const hint = `${closed ? `${t("reopenHint")} ` : ""}${t("timesHint", { zone: zoneName(zone, locale) })}`;
  return (
    <SettingsForm
      id="times"
      action={action}
      title={t("times")}
      hint={hint}
      submit={t(closed ? "reopen" : "saveTimes")}
    >
      {status === "scheduled" && (
        <TextField
          name="opensAt"
          label={t("opensAt")}
          type="datetime-local"
          width="medium"
          dir="ltr"
          defaultValue={writeTime(opensAt, zone)}
        />
      )}
      <TextField
        name="closesAt"
        label={t("closesAt")}
        hint={t("closesAtHint")}
        type="datetime-local"
        width="medium"
        dir="ltr"
        optional
        defaultValue={writeTime(closed ? plannedClose : closesAt, zone)}
      />
    </SettingsForm>
  );
}

function Close({ action, hint }: { action: string; hint: "closeHint" | "closeDownHint" }) {
  const t = useTranslations("letters.settings");
  return (
    <SettingsForm id="close" action={action} title={t("close")} hint={t(hint)} submit={t("closeSubmit")}>
      <TextAreaField name="note" label={t("note")} hint={t("noteHint")} rows={3} optional />
      <CheckboxField name="sure" label={t("closeSure")} />
    </SettingsForm>
  );
}

function Note({ letter, action }: Props) {
  const t = useTranslations("letters.settings");
  return (
    <SettingsForm
      id="closing-note"
      action={action}
      title={t("note")}
      hint={t("noteHint")}
      submit={t("noteSubmit")}
    >
      <TextAreaField
        name="note"
        label={t("note")}
        rows={3}
        optional
        defaultValue={letter.closingNote ?? ""}
      />
    </SettingsForm>
  );
}

function Archive({ action }: { action: string }) {
  const t = useTranslations("letters.settings");
  return (
    <SettingsForm
      id="archive"
      action={action}
      title={t("archive")}
      hint={t("archiveHint")}
      submit={t("archiveSubmit")}
    />
  );
}

function Unarchive({ action }: { action: string }) {
  const t = useTranslations("letters.settings");
  return (
    <SettingsForm
      id="unarchive"
      action={action}
      title={t("archive")}
      hint={t("unarchiveHint")}
      submit={t("unarchiveSubmit")}
    />
  );
}

function Unpublish({ action }: { action: string }) {
  const t = useTranslations("letters.settings");
  return (
    <SettingsForm
      id="unpublish"
      action={action}
      title={t("unpublish")}
      hint={t("unpublishHint")}
      submit={t("unpublishSubmit")}
    >
      <TextAreaField name="note" label={t("unpublishNote")} hint={t("unpublishNoteHint")} rows={2} optional />
      <CheckboxField name="sure" label={t("unpublishSure")} />
    </SettingsForm>
  );
}

function Again({ action }: { action: string }) {
  const t = useTranslations("letters.settings");
  return (
    <SettingsForm
      id="publish-again"
      action={action}
      title={t("again")}
      hint={t("againHint")}
      submit={t("againSubmit")}
    />
  );
}
