import { useTranslations } from "next-intl";
import { TextField } from "@/app/_components/fields/text-field";
import { Day } from "@/app/_components/letter/date";
import { RemoveForm } from "@/app/[locale]/admin/_parts/list-entry";
import { SettingsForm } from "@/app/[locale]/admin/_parts/settings/settings-form";
import { publicId } from "@/lib/http/public-ids";
import type { timelineOf } from "@/lib/letters/organiser-queries";

type Entry = Awaited<ReturnType<typeof timelineOf>>[number];

/** What the letter's page tells of what happened, and the form for one more. */
export function TimelineSettings({ timeline, action }: { timeline: Entry[]; action: string }) {
  const t = useTranslations("letters.settings");
  return (
    <>
      <SettingsForm
        id="timeline"
        action={action}
        title={t("timeline")}
        hint={t("timelineHint")}
        submit={t("add")}
      >
        <TextField name="day" label={t("day")} type="date" width="medium" dir="ltr" />
        <TextField name="entry" label={t("entry")} />
        <TextField name="url" label={t("url")} type="url" dir="ltr" optional />
      </SettingsForm>
      <ul className="letter-rows">
        {timeline.map(({ id, day, text }) => (
          <li key={publicId(id)}>
            <Day date={day} /> <bdi>{text}</bdi>
            <RemoveForm
              action={action}
              id={id}
              words={t("remove")}
              label={t("removeEntry", { entry: text })}
            />
          </li>
        ))}
      </ul>
    </>
  );
}
