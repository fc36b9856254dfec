import { useTranslations } from "next-intl";
import type { Unshown } from "@/lib/letters/markdown/unshown";

/** Which pictures and links of a text readers do not get, and why. */
export function UnshownParts({ unshown }: { unshown: Unshown[] }) {
  const t = useTranslations("letters.pictures");
  if (unshown.length === 0) return null;
  return (
    <ul className="letter-missing">
      {unshown.map(({ source, why }) => (
        <li key={`${why} ${source}`}>
          {t.rich(`unshown.${why}`, {
            source: () => (
              <bdi dir="ltr" className="letter-address">
                {source}
              </bdi>
            ),
          })}
        </li>
      ))}
    </ul>
  );
}
