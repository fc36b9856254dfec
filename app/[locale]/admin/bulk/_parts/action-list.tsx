import { useTranslations } from "next-intl";
import { actionPath } from "@/app/[locale]/admin/_parts/paths";
import { When } from "@/app/[locale]/admin/_parts/when";
import { publicId } from "@/lib/http/public-ids";
import type { ActionLine } from "@/lib/moderation/bulk/queries";

/** The bulk actions so far, newest first. */
export function ActionList({ acts, locale }: { acts: ActionLine[]; locale: string }) {
  const t = useTranslations("bulk");
  if (acts.length === 0) return <p>{t("noActions")}</p>;
  return (
    <ul className="bulk-sample">
      {acts.map(({ id, state, operation, letter, reason, total, createdAt, by }) => (
        <li key={publicId(id)}>
          <a href={actionPath(locale, id)}>{t(`actionTitle.${operation}`, { count: total })}</a>
          <div className="note">
            {reason && (
              <p>
                <bdi>{reason}</bdi>
              </p>
            )}
            <p>
              <bdi>{letter.title}</bdi>
            </p>
            <p>
              {t(`act.${state}`)} · <When at={createdAt} /> · <bdi dir="ltr">{by}</bdi>
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
