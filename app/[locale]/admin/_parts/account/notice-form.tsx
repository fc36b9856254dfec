import { useLocale, useTranslations } from "next-intl";
import { RadioGroup } from "@/app/_components/fields/radio-group";
import { SelectField } from "@/app/_components/fields/select-field";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { dateLocale } from "@/lib/i18n/locales";
import { timeZoneChoices } from "@/lib/i18n/site-time";
import type { ChosenNotices } from "@/lib/moderation/notices/choose-notices";
import { NOTICE_MINUTES } from "@/lib/moderation/notices/due";

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** When somebody is told by email that signatures wait. */
export function NoticeForm({ chosen, action }: { chosen: ChosenNotices; action: string }) {
  const t = useTranslations("account.notices");
  const time = new Intl.DateTimeFormat(dateLocale(useLocale()), { timeZone: "UTC", timeStyle: "short" });
  const atHour = (hour: number) => time.format(new Date(Date.UTC(2026, 0, 1, hour)));
  return (
    <section aria-labelledby="notices-title" id="notices">
      <h2 id="notices-title">{t("title")}</h2>
      <p>{t("text")}</p>
      <Form id="notices" action={action} initial={formState("notices")} className="form">
        <RadioGroup
          name="notices"
          label={t("label")}
          choices={[
            { value: "AT_ONCE", label: t("atOnce"), hint: t("atOnceHint", { minutes: NOTICE_MINUTES }) },
            { value: "DAILY", label: t("daily"), hint: t("dailyHint") },
            { value: "NONE", label: t("none") },
          ]}
          defaultValue={chosen.notices}
        />
        <SelectField
          name="noticeHour"
          label={t("hour")}
          options={HOURS.map((hour) => ({ value: String(hour), label: atHour(hour) }))}
          defaultValue={String(chosen.noticeHour)}
          width="short"
        />
        <SelectField
          name="timeZone"
          label={t("timeZone")}
          options={timeZoneChoices(chosen.timeZone)}
          defaultValue={chosen.timeZone}
          width="medium"
        />
        <button className="button" data-quiet type="submit">
          {t("submit")}
        </button>
      </Form>
    </section>
  );
}
