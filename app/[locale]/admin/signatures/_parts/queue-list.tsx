import { useFormatter, useTranslations } from "next-intl";
import { listPath, signaturePath } from "@/app/[locale]/admin/_parts/paths";
import { When } from "@/app/[locale]/admin/_parts/when";
import { countryName } from "@/lib/fields/countries/rules";
import { publicId } from "@/lib/http/public-ids";
import type { QueuePlace } from "@/lib/moderation/filters/read-matches";
import { type Filters, isNarrowed, isQueue, VIEWS } from "@/lib/moderation/filters/rules";
import { FLAGS } from "@/lib/moderation/flags/flag-codes";
import type { QueueLine } from "@/lib/moderation/queries";

type Props = {
  locale: string;
  filters: Filters;
  /** Null where there are too many to look for a text in. */
  list: { lines: QueueLine[]; next: QueuePlace | null } | null;
  /** Where a later page of the list begins. */
  after?: QueuePlace;
  /** The signature shown beside the list. */
  current?: string;
};

/** The moderators' list of the signatures that filters match. */
export function QueueList({ locale, filters, list, after, current }: Props) {
  const t = useTranslations("admin");
  const format = useFormatter();
  const state = format.list(filters.views.map((view) => t(`states.${view}`)));
  const next = list?.next;
  return (
    <nav aria-label={t("list.label", { state })} className="admin-list">
      <ViewLinks locale={locale} filters={filters} />
      <About filters={filters} list={list} />
      <QueueLines
        locale={locale}
        lines={list?.lines ?? []}
        filters={filters}
        after={after}
        current={current}
      />
      <p className="admin-pages">
        {after && <a href={listPath(locale, filters)}>{t("list.first")}</a>}
        {next && <a href={listPath(locale, filters, { after: next })}>{t("list.next")}</a>}
      </p>
    </nav>
  );
}

/** In which order the lines are, or why there are none. */
function About({ filters, list }: Pick<Props, "filters" | "list">) {
  const t = useTranslations("admin.list");
  const [only, ...others] = filters.views;
  const narrowed = isNarrowed(filters) || filters.letterId !== null || others.length > 0;
  if (!list) return <p>{t("tooMany")}</p>;
  if (list.lines.length === 0) return <p>{t(`empty.${narrowed || !only ? "FILTERED" : only}`)}</p>;
  const order = others.length > 0 || !only ? (isQueue(filters) ? "VERIFIED" : "APPROVED") : only;
  return <p className="note">{t(`order.${order}`)}</p>;
}

function ViewLinks({ locale, filters }: { locale: string; filters: Filters }) {
  const t = useTranslations("admin");
  const current = filters.views.length === 1 ? filters.views[0] : undefined;
  // What is not confirmed is asked for by the filters.
  const shown = VIEWS.filter((view) => view !== "PENDING" || view === current);
  return (
    <ul className="admin-nav" aria-label={t("list.filter")}>
      {shown.map((view) => (
        <li key={view}>
          <a
            href={listPath(locale, { ...filters, views: [view] })}
            aria-current={view === current ? "true" : undefined}
          >
            {t(`states.${view}`)}
          </a>
        </li>
      ))}
    </ul>
  );
}

type LinesProps = {
  locale: string;
  lines: QueueLine[];
  filters?: Filters;
  after?: QueuePlace;
  current?: string;
};

/** Signatures, a line each. Only what is confirmed has a page of its own. */
export function QueueLines({ locale, lines, filters, after, current }: LinesProps) {
  return (
    <ol className="admin-lines">
      {lines.map((line) => (
        <li key={publicId(line.id)}>
          {line.state === "PENDING" ? (
            <bdi>{line.name}</bdi>
          ) : (
            <a
              href={signaturePath(locale, line.id, filters, { after })}
              aria-current={line.id === current ? "page" : undefined}
            >
              <bdi>{line.name}</bdi>
            </a>
          )}
          <LineFacts line={line} locale={locale} />
        </li>
      ))}
    </ol>
  );
}

/** What to notice about a signature, and why it is on hold, in a few words each. */
function Noticed({ line: { flags, hold } }: { line: QueueLine }) {
  const t = useTranslations("flags");
  const format = useFormatter();
  const shown = FLAGS.filter((flag) => flags.includes(flag)).map((flag) => t(`short.${flag}`));
  if (hold) shown.unshift(t(`hold.${hold}`));
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
  const t = useTranslations("admin");
  const words = t(`line.${line.expert ? "EXPERT" : line.kind}`, {
    country: countryName(line.country, locale),
  });
  return (
    <p className="note">
      {line.visibility === "WITHHELD" ? t("line.withheld", { line: words }) : words}
      {line.affiliation && (
        <>
          {" · "}
          <bdi>{line.affiliation}</bdi>
        </>
      )}
      <br />
      {line.state === "PENDING" && `${t("states.PENDING")} · `}
      <When at={line.at} />
      <Noticed line={line} />
    </p>
  );
}
