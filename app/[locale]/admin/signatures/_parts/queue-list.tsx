import { useFormatter, useTranslations } from "next-intl";
import { use } from "react";
import { useCountryNames } from "@/app/_components/country-names";
import { besidePath, listPath, signaturePath, type Whose } from "@/app/[locale]/admin/_parts/paths";
import { type Marked, StateMark } from "@/app/[locale]/admin/_parts/state-mark";
import { Ago } from "@/app/[locale]/admin/_parts/when";
import { publicId } from "@/lib/http/public-ids";
import { letterPage } from "@/lib/letters/cached";
import { expertLabel } from "@/lib/letters/settings/expert-words";
import type { QueuePlace } from "@/lib/moderation/filters/read-matches";
import { type Filters, isNarrowed, isQueue, VIEWS } from "@/lib/moderation/filters/rules";
import { FLAGS } from "@/lib/moderation/flags/flag-codes";
import { addUp, type LetterCounts } from "@/lib/moderation/letter-counts";
import type { QueueLine } from "@/lib/moderation/queries";

type Props = {
  locale: string;
  whose: Whose;
  filters: Filters;
  letters: LetterCounts[];
  /** Null where there are too many to look for a text in. */
  list: { lines: QueueLine[]; next: QueuePlace | null } | null;
  /** Where a later page of the list begins. */
  after?: QueuePlace;
  /** The signature shown beside the list. */
  current?: string;
};

/** The moderators' list of the signatures that filters match. */
export function QueueList({ locale, whose, filters, letters, list, after, current }: Props) {
  const t = useTranslations("admin");
  const format = useFormatter();
  const state = format.list(filters.views.map((view) => t(`states.${view}`)));
  const next = list?.next;
  return (
    <nav aria-label={t("list.label", { state })} className="admin-list">
      <ViewTabs {...{ locale, whose, filters, letters }} />
      <About filters={filters} list={list} />
      <QueueLines
        {...{ locale, whose, filters, after, current }}
        lines={list?.lines ?? []}
        titles={whose === null && letters.length > 1 ? letters : undefined}
      />
      <p className="admin-pages">
        {after && (
          <a className="button" data-quiet href={listPath(locale, whose, filters)}>
            {t("list.first")}
          </a>
        )}
        {next && (
          <a className="button" data-quiet href={listPath(locale, whose, filters, { after: next })}>
            {t("list.next")}
          </a>
        )}
      </p>
    </nav>
  );
}

/** In which order the lines are, or why there are none. */
function About({ filters, list }: Pick<Props, "filters" | "list">) {
  const t = useTranslations("admin.list");
  const [only, ...others] = filters.views;
  const narrowed = isNarrowed(filters) || others.length > 0;
  if (!list) return <p>{t("tooMany")}</p>;
  if (list.lines.length === 0) return <p>{t(`empty.${narrowed || !only ? "FILTERED" : only}`)}</p>;
  const order = others.length > 0 || !only ? (isQueue(filters) ? "VERIFIED" : "APPROVED") : only;
  return <p className="note">{t(`order.${order}`)}</p>;
}

function ViewTabs({ locale, whose, filters, letters }: Omit<Props, "list">) {
  const t = useTranslations("admin");
  const format = useFormatter();
  const current = filters.views.length === 1 ? filters.views[0] : undefined;
  const counts = addUp(whose === null ? letters : letters.filter(({ slug }) => slug === whose));
  // The kept counts are of whole lists.
  const narrowed = isNarrowed(filters);
  // What is not confirmed is asked for by the filters.
  const shown = VIEWS.filter((view) => view !== "PENDING" || view === current);
  return (
    <ul className="tabs" aria-label={t("list.filter")}>
      {shown.map((view) => (
        <li key={view}>
          <a
            href={listPath(locale, whose, { ...filters, views: [view] })}
            aria-current={view === current ? "true" : undefined}
          >
            {t(`views.${view}`)} {!narrowed && <span className="count">{format.number(counts[view])}</span>}
          </a>
        </li>
      ))}
    </ul>
  );
}

type LinesProps = {
  locale: string;
  lines: QueueLine[];
  /** The list that they are lines of, where an entry is shown beside it. */
  whose?: Whose;
  filters?: Filters;
  after?: QueuePlace;
  current?: string;
  /** The letters, where lines are of several. */
  titles?: LetterCounts[];
};

/** Signatures, a line each. Only what is confirmed has a page of its own. */
export function QueueLines({ lines, ...place }: LinesProps) {
  return (
    <ol className="queue-lines">
      {lines.map((line) => (
        <Line key={publicId(line.id)} line={line} {...place} />
      ))}
    </ol>
  );
}

type LineProps = Omit<LinesProps, "lines"> & { line: QueueLine };

function Line({ line, locale, whose, filters, after, current, titles }: LineProps) {
  const t = useTranslations("admin");
  const state: Marked = line.state === "VERIFIED" && line.hold ? "HOLD" : line.state;
  const path =
    filters && whose !== undefined
      ? besidePath(locale, line, whose, filters, { after })
      : signaturePath(locale, line.id, line.slug);
  return (
    <li>
      <StateMark state={state} quiet>
        {t(`states.${state}`)}
      </StateMark>
      <span className="queue-name">
        {line.state === "PENDING" ? (
          <bdi>{line.name}</bdi>
        ) : (
          <a href={path} aria-current={line.id === current ? "page" : undefined}>
            <bdi>{line.name}</bdi>
          </a>
        )}
      </span>
      <Who line={line} locale={locale} titles={titles} />
      <Noticed line={line} />
      <Ago at={line.at} />
    </li>
  );
}

/** What to notice about a signature, and why it is on hold, in a few words each. */
function Noticed({ line: { flags, hold } }: { line: QueueLine }) {
  const t = useTranslations("flags");
  const format = useFormatter();
  const shown = FLAGS.filter((flag) => flags.includes(flag)).map((flag) => t(`short.${flag}`));
  if (hold) shown.unshift(t(`hold.${hold}`));
  if (shown.length === 0) return null;
  return <span className="queue-marks">{t("noticed", { list: format.list(shown, { type: "unit" }) })}</span>;
}

function Who({ line, locale, titles }: Pick<LineProps, "line" | "locale" | "titles">) {
  const t = useTranslations("admin");
  const country = useCountryNames(locale).nameOf(line.country);
  const experts = line.expert ? use(letterPage(line.slug, locale))?.words.experts : null;
  const words = experts
    ? t("line.own", { own: expertLabel(experts), country })
    : t(`line.${line.expert ? "EXPERT" : line.kind}`, { country });
  const letter = titles?.find(({ slug }) => slug === line.slug);
  return (
    <span className="queue-who">
      {line.visibility === "WITHHELD" || line.concealed ? t("line.withheld", { line: words }) : words}
      {line.affiliation && (
        <>
          {" · "}
          <bdi>{line.affiliation}</bdi>
        </>
      )}
      {letter && (
        <>
          {" · "}
          <bdi>{letter.title}</bdi>
        </>
      )}
    </span>
  );
}
