import { useFormatter, useTranslations } from "next-intl";
import { listPath, signaturePath } from "@/app/_components/admin/paths";
import { When } from "@/app/_components/admin/when";
import { countryName } from "@/lib/countries/rules";
import { FLAGS } from "@/lib/flags/flag-codes";
import { publicId } from "@/lib/http/public-ids";
import { LIST_VIEWS, type ListView, type QueueLine, type QueuePlace } from "@/lib/moderation/queries";

type Props = {
  locale: string;
  state: ListView;
  lines: QueueLine[];
  next: QueuePlace | null;
  /** Whether this is a later page of the list. */
  later: boolean;
  /** The signature shown beside the list. */
  current?: string;
};

/** The moderators' list of the signatures in one state. */
export function QueueList({ locale, state, lines, next, later, current }: Props) {
  const t = useTranslations("admin");
  return (
    <nav aria-label={t("list.label", { state: t(`states.${state}`) })} className="admin-list">
      <StateFilter locale={locale} state={state} />
      {lines.length === 0 ? (
        <p>{t(`list.empty.${state}`)}</p>
      ) : (
        <p className="note">{t(`list.order.${state}`)}</p>
      )}
      <ol>
        {lines.map((line) => (
          <li key={publicId(line.id)}>
            <a
              href={signaturePath(locale, line.id, state)}
              aria-current={line.id === current ? "page" : undefined}
            >
              <bdi>{line.name}</bdi>
            </a>
            <LineFacts line={line} locale={locale} />
          </li>
        ))}
      </ol>
      <p className="admin-pages">
        {later && <a href={listPath(locale, state)}>{t("list.first")}</a>}
        {next && <a href={listPath(locale, state, { after: next })}>{t("list.next")}</a>}
      </p>
    </nav>
  );
}

function StateFilter({ locale, state }: { locale: string; state: ListView }) {
  const t = useTranslations("admin");
  return (
    <ul className="admin-nav" aria-label={t("list.filter")}>
      {LIST_VIEWS.map((one) => (
        <li key={one}>
          <a href={listPath(locale, one)} aria-current={one === state ? "true" : undefined}>
            {t(`states.${one}`)}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** What to notice about a signature, and why it waits apart, in a few words each. */
function Noticed({ line: { flags, quarantine } }: { line: QueueLine }) {
  const t = useTranslations("flags");
  const format = useFormatter();
  const shown = FLAGS.filter((flag) => flags.includes(flag)).map((flag) => t(`short.${flag}`));
  if (quarantine) shown.unshift(t(`quarantine.${quarantine}`));
  if (shown.length === 0) return null;
  return (
    <>
      <br />
      <strong className="admin-noticed">
        {t("noticed", { list: format.list(shown, { type: "unit" }) })}
      </strong>
    </>
  );
}

function LineFacts({ line, locale }: { line: QueueLine; locale: string }) {
  const t = useTranslations("admin.line");
  const words = t(line.expert ? "EXPERT" : line.kind, { country: countryName(line.country, locale) });
  return (
    <p className="note">
      {line.visibility === "WITHHELD" ? t("withheld", { line: words }) : words}
      <br />
      <When at={line.verifiedAt} />
      <Noticed line={line} />
    </p>
  );
}
