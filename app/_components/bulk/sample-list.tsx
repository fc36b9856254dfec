import { useTranslations } from "next-intl";
import { signaturePath } from "@/app/_components/admin/paths";
import { When } from "@/app/_components/admin/when";
import type { SampleLine } from "@/lib/bulk/sample";
import { isFlag } from "@/lib/bulk/schemas";
import { countryName } from "@/lib/countries/rules";
import { publicId } from "@/lib/http/public-ids";

/** Some of the signatures that are chosen, each with what speaks about it. */
export function SampleList({ sample, locale }: { sample: SampleLine[]; locale: string }) {
  return (
    <ul className="bulk-sample">
      {sample.map((line) => (
        <li key={publicId(line.id)}>
          <Name line={line} locale={locale} />
          <Facts line={line} locale={locale} />
        </li>
      ))}
    </ul>
  );
}

/** Only what is verified has a page of its own. */
function Name({ line: { id, name, state }, locale }: { line: SampleLine; locale: string }) {
  if (state === "PENDING") return <bdi>{name}</bdi>;
  return (
    <a href={signaturePath(locale, id)}>
      <bdi>{name}</bdi>
    </a>
  );
}

function Facts({ line, locale }: { line: SampleLine; locale: string }) {
  const t = useTranslations();
  const { kind, country, affiliation, state, submittedAt, flags, quarantine } = line;
  const marks = [
    ...flags.filter(isFlag).map((flag) => t(`flags.short.${flag}`)),
    ...(quarantine ? [t(`flags.quarantine.${quarantine}`)] : []),
  ];
  return (
    <div className="note">
      <p>
        {t(`admin.line.${kind}`, { country: countryName(country, locale) })}
        {affiliation && (
          <>
            {" · "}
            <bdi>{affiliation}</bdi>
          </>
        )}
      </p>
      <p>
        {t(`bulk.state.${state}`)} · <When at={submittedAt} />
      </p>
      {marks.length > 0 && <p>{marks.join(" · ")}</p>}
    </div>
  );
}
