import { useLocale, useTranslations } from "next-intl";
import { CheckboxField } from "@/app/_components/fields/checkbox-field";
import { RadioGroup } from "@/app/_components/fields/radio-group";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { LETTER_BOX } from "@/lib/auth/team/schemas";
import { publicId } from "@/lib/http/public-ids";
import type { LetterCounts } from "@/lib/moderation/letter-counts";

export type TeamLetter = Pick<LetterCounts, "id" | "title" | "textLocale">;

type Props = {
  letters: TeamLetter[];
  /** For which letters the role is now; null for all. */
  initial: string[] | null;
};

/** For which letters a role is: all, those to come too, or those that are ticked. */
export function ReachFields({ letters, initial }: Props) {
  const t = useTranslations("account.reach");
  const locale = useLocale();
  const choices = [
    { value: "ALL", label: t("all") },
    { value: "SOME", label: t("some") },
  ];
  return (
    <>
      <RadioGroup
        name="reach"
        label={t("label")}
        hint={t("hint")}
        choices={choices}
        defaultValue={initial ? "SOME" : "ALL"}
      />
      <div className="reach-letters">
        {letters.map(({ id, title, textLocale }) => (
          <CheckboxField
            key={publicId(id)}
            name={`${LETTER_BOX}${publicId(id)}`}
            label={<span {...letterLanguage(textLocale, locale)}>{title}</span>}
            optional
            ticked={initial?.includes(id) ?? false}
          />
        ))}
      </div>
    </>
  );
}
