import { useTranslations } from "next-intl";
import { signaturePath } from "@/app/_components/admin/paths";
import type { LeftOut } from "@/lib/bulk/left-out";

/** Which signatures an act or its undoing did not touch, and why. */
export function LeftOutList({ left, locale }: { left: LeftOut[]; locale: string }) {
  const t = useTranslations("bulk");
  return (
    <section aria-labelledby="left-out">
      <h2 id="left-out">{t("leftOut")}</h2>
      <ul className="bulk-sample">
        {left.map(({ signatureId, why }) => (
          <li key={signatureId}>
            <a href={signaturePath(locale, signatureId)}>
              <code dir="ltr">{signatureId.slice(-12)}</code>
            </a>{" "}
            {t(`why.${why}`)}
          </li>
        ))}
      </ul>
    </section>
  );
}
