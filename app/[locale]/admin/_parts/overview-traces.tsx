import { useTranslations } from "next-intl";
import type { TracesNotice } from "@/lib/signatures/erasure/overview";

/** Says where deleted data are not gone as they should be; nothing where all is well. */
export function OverviewTraces({ left, unnoted }: TracesNotice) {
  const t = useTranslations("admin.overview.traces");
  if (!left && unnoted === 0) return null;
  return (
    <div className="notice" role="status">
      {left && <p>{t("left", left)}</p>}
      {unnoted > 0 && <p>{t("unnoted", { count: unnoted })}</p>}
    </div>
  );
}
