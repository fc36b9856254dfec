import { useTranslations } from "next-intl";
import { When } from "@/app/[locale]/admin/_parts/when";
import type { AuditHeads } from "@/lib/audit/heads-for-owners";

/** The audit log's newest link, for owners to keep elsewhere. */
export function AuditHeadsSection({ heads: { head, notedAt } }: { heads: AuditHeads }) {
  const t = useTranslations("admin.auditHeads");
  if (!head) return null;
  const code = (text: string) => () => <code dir="ltr">{text}</code>;
  return (
    <section aria-labelledby="audit-heads">
      <h2 id="audit-heads">{t("chain")}</h2>
      <p className="note">
        {t.rich("head", { head: code(head), command: (text) => <code dir="ltr">{text}</code> })}
      </p>
      <p className="note">{notedAt ? t.rich("noted", { at: () => <When at={notedAt} /> }) : t("notNoted")}</p>
    </section>
  );
}
