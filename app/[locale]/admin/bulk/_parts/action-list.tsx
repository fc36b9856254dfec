import { useTranslations } from "next-intl";
import { actionPath } from "@/app/[locale]/admin/_parts/paths";
import { Ago } from "@/app/[locale]/admin/_parts/when";
import { publicId } from "@/lib/http/public-ids";
import type { ActionLine } from "@/lib/moderation/bulk/queries";

/** The bulk actions so far, newest first. */
export function ActionList({ acts, locale }: { acts: ActionLine[]; locale: string }) {
  const t = useTranslations("bulk");
  if (acts.length === 0) return <p>{t("noActions")}</p>;
  return (
    <ul className="rows">
      {acts.map(({ id, state, operation, letter, reason, total, createdAt, by }) => (
        <li key={publicId(id)}>
          <p className="line">
            <strong>
              <a href={actionPath(locale, id)}>{t(`actionTitle.${operation}`, { count: total })}</a>
            </strong>
            <span className="line-end note">
              <Ago at={createdAt} />
            </span>
          </p>
          <p className="note">
            {t(`act.${state}`)} · <bdi dir="ltr">{by}</bdi> · <bdi>{letter.title}</bdi>
          </p>
          {reason && (
            <p>
              <bdi>{reason}</bdi>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
