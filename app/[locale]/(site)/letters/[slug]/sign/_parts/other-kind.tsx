import { useTranslations } from "next-intl";
import { signPath } from "@/app/_components/letter/sign-actions";
import { Message } from "@/app/_components/message";
import { localePath } from "@/lib/i18n/locales";
import type { As } from "@/lib/letters/settings/rules";

/** Says that a letter takes signatures of the other kind only. @param as the kind that was asked for */
export function OtherKind({ as, slug, locale }: { as: As; slug: string; locale: string }) {
  const t = useTranslations("signing.otherKind");
  const other = localePath(locale, signPath(slug, as === "organisation" ? "individual" : "organisation"));
  return (
    <Message title={t(`title.${as}`)}>
      <p>{t.rich(`text.${as}`, { other: (words) => <a href={other}>{words}</a> })}</p>
    </Message>
  );
}
