import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Tally } from "@/lib/counts/rules";

type Props = { namespace: "letter.undersigned" | "signatories"; tally: Tally };

/** How many have signed without being named, said plainly; nothing where nobody has. */
export function Withheld({ namespace, tally }: Props) {
  const t = useTranslations(namespace);
  const strong = { n: (number: ReactNode) => <strong>{number}</strong> };
  return (
    <>
      {tally.withheldOrganisations > 0 && (
        <p className="quiet">
          {t.rich("withheldOrganisations", { count: tally.withheldOrganisations, ...strong })}
        </p>
      )}
      {tally.withheldIndividuals > 0 && (
        <p className="quiet">
          {t.rich("withheldIndividuals", { count: tally.withheldIndividuals, ...strong })}
        </p>
      )}
    </>
  );
}
