import { useTranslations } from "next-intl";
import { signaturePath } from "@/app/_components/admin/paths";
import type { LeftOut } from "@/lib/bulk/left-out";
import { publicId } from "@/lib/http/public-ids";

type Props = { some: LeftOut[]; more: number; locale: string };

/** Which signatures an act or its undoing did not touch, and why. */
export function LeftOutList({ some, more, locale }: Props) {
  const t = useTranslations("bulk");
  return (
    <section aria-labelledby="left-out">
      <h2 id="left-out">{t("leftOut")}</h2>
      <ul className="bulk-sample">
        {some.map((one) => (
          <li key={publicId(one.signatureId)}>
            <Code one={one} locale={locale} /> {t(`why.${one.why}`)}
          </li>
        ))}
      </ul>
      {more > 0 && <p>{t("andMore", { count: more })}</p>}
    </section>
  );
}

function Code({ one: { signatureId, hasPage }, locale }: { one: LeftOut; locale: string }) {
  const code = <code dir="ltr">{signatureId.slice(-12)}</code>;
  return hasPage ? <a href={signaturePath(locale, signatureId)}>{code}</a> : code;
}
