import { useTranslations } from "next-intl";
import { When } from "@/app/[locale]/admin/_parts/when";
import type { OrganiserLetter } from "@/lib/letters/organiser-queries";

/** While it is not published, the front page shows another one. */
const ON_FRONT: string[] = ["open", "closed"] satisfies OrganiserLetter["status"][];

type Props = { letter: Pick<OrganiserLetter, "status" | "opensAt" | "closesAt" | "featured" | "listed"> };

/** What readers can do with a letter at present, and where they find it. */
export function LetterStatus({ letter: { status, opensAt, closesAt, featured, listed } }: Props) {
  const t = useTranslations("letters");
  const at = status === "scheduled" ? opensAt : closesAt;
  const key = status === "open" && closesAt ? "openUntil" : status;
  return (
    <p className="letter-status" data-status={status}>
      <span>{t.rich(`status.${key}`, { time: () => at && <When at={at} /> })}</span>
      {featured && ON_FRONT.includes(status) && <span>{t("onFront")}</span>}
      {!listed && <span>{t("unlisted")}</span>}
    </p>
  );
}
