import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { BackToLetter } from "@/app/_components/letter/back-to-letter";
import { pageMetadata } from "@/app/_components/page-metadata";
import { SitePage } from "@/app/_components/site-page";
import { answerWithStatus } from "@/app/_forms/form-state";
import { DeadLink, Resent, WithdrawnLink } from "@/app/[locale]/(site)/signatures/_parts/dead-link";
import { EditEntry } from "@/app/[locale]/(site)/signatures/_parts/edit-entry";
import {
  type ConfirmedWithLetter,
  SAYINGS,
  type Said,
  Used,
} from "@/app/[locale]/(site)/signatures/_parts/used";
import { Waiting } from "@/app/[locale]/(site)/signatures/_parts/waiting";
import { readPublicId } from "@/lib/http/public-ids";
import { type LetterPage, letterPage } from "@/lib/letters/cached";
import { usualDecisionTime } from "@/lib/moderation/cached";
import { behindToken, changeSince } from "@/lib/signatures/behind-token";
import { linesBehind } from "@/lib/signatures/own/withdrawal-note";
import type { ConfirmedEntry, WaitingEntry } from "@/lib/signatures/queries";

type Props = {
  params: Promise<{ locale: string; token: string }>;
  searchParams: Promise<{ sent?: unknown; said?: unknown; edit?: unknown }>;
};

// The title says nothing about the state: it would stay in the history of a shared computer.
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "confirming.pending" });
  return pageMetadata({ locale, title: t("title") });
}

/** The page of a mailed link. It shows; only its buttons change anything. */
export default async function Page({ params, searchParams }: Props) {
  const { locale, token } = await params;
  setRequestLocale(locale);
  const { sent, said, edit } = await searchParams;
  const path = `/signatures/${token}/confirm`;
  const shown = await content({
    ...{ locale, token, path, sent: sent === "1" },
    said: SAYINGS.find((saying) => saying === said) ?? null,
    edit: readPublicId(edit),
  });
  return (
    <SitePage locale={locale} path={path} {...shown.frame}>
      {shown.body}
    </SitePage>
  );
}

type Asked = {
  locale: string;
  token: string;
  path: string;
  sent: boolean;
  said: Said | null;
  /** The id of the entry to edit. */
  edit: string;
};

async function content({ locale, token, path, sent, said, edit }: Asked) {
  if (sent) return { frame: {}, body: <Resent locale={locale} /> };
  const behind = await behindToken(token);
  const noted = {
    lines: await linesBehind(token, locale),
    removed: null,
    path: `/signatures/${token}`,
    locale,
  };
  if (behind.state !== "open") {
    answerWithStatus(behind.state === "unknown" ? 404 : 410);
    const body =
      behind.state === "withdrawn" ? (
        <WithdrawnLink {...noted} />
      ) : (
        <DeadLink state={behind.state} {...noted} />
      );
    return { frame: {}, body };
  }
  const entries = await withLetters(behind.entries, locale);
  const confirmed = await withDecisions(await withLetters(behind.confirmed, locale));
  const letters = [...entries, ...confirmed].map(({ letter }) => letter);
  const frame = frameOf(letters.find((letter) => letter !== null) ?? null, locale);
  const { leads } = behind;
  const edited = entries.find(({ id }) => id === edit);
  if (edited?.letter) {
    const { letter } = edited;
    return {
      frame: frameOf(letter, locale),
      body: <EditEntry {...{ entry: edited, letter, path, locale }} />,
    };
  }
  if (entries.length === 0)
    return { frame, body: <Used {...{ entries: confirmed, leads, said, path, locale }} /> };
  const shown = await withChanges(entries, locale);
  return { frame, body: <Waiting {...{ entries: shown, confirmed, leads, said, path, locale }} /> };
}

type WithLetter<Entry> = Entry & { letter: LetterPage | null };

/** With no letter where it was taken down. */
const withLetters = <Entry extends { slug: string }>(
  entries: Entry[],
  locale: string,
): Promise<WithLetter<Entry>[]> =>
  Promise.all(entries.map(async (entry) => ({ ...entry, letter: await letterPage(entry.slug, locale) })));

/** With what changed in the text since, where that is much: it is the newest that is confirmed. */
const withChanges = (entries: WithLetter<WaitingEntry>[], locale: string) =>
  Promise.all(
    entries.map(async (entry) => {
      const changed = entry.letter?.largeSince.includes(entry.version.number);
      return { ...entry, change: changed ? await changeSince(entry, locale) : null };
    }),
  );

/** With how long a decision usually takes, where one is still to come. */
const withDecisions = (entries: WithLetter<ConfirmedEntry>[]): Promise<ConfirmedWithLetter[]> =>
  Promise.all(
    entries.map(async (entry) => {
      const waits = entry.state === "VERIFIED" ? entry.letter : null;
      return { ...entry, decisionMs: waits ? await usualDecisionTime(waits.id) : null };
    }),
  );

function frameOf(letter: LetterPage | null, locale: string) {
  if (!letter) return {};
  return {
    organiser: { name: letter.organiserName, url: letter.organiserUrl },
    header: <BackToLetter letter={letter} locale={locale} />,
  };
}
