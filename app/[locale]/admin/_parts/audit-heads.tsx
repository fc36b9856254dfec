import { useTranslations } from "next-intl";
import { When } from "@/app/[locale]/admin/_parts/when";
import type { AuditHeads } from "@/lib/audit/heads-for-owners";

/** The audit log's newest link for owners to keep elsewhere, and a warning where one that was noted is gone. */
export function AuditHeadsSection({ heads: { head, notedAt, missing } }: { heads: AuditHeads }) {
  const t = useTranslations("admin.auditHeads");
  if (!head && !missing) return null;
  const code = (text: string) => () => <code dir="ltr">{text}</code>;
  return (
    <section aria-labelledby="audit-heads">
      <h2 id="audit-heads">{t("title")}</h2>
      {missing && (
        <p className="notice" role="alert">
          {t.rich("missing", { head: code(missing) })}
        </p>
      )}
      {head && <p>{t.rich("head", { head: code(head) })}</p>}
      <p className="note">{notedAt ? t.rich("noted", { at: () => <When at={notedAt} /> }) : t("notNoted")}</p>
    </section>
  );
}
