import { useTranslations } from "next-intl";
import { FormMessages } from "@/app/_components/form-messages";
import { Moment } from "@/app/_components/letter/date";
import { Difference } from "@/app/_components/letter/difference";
import { LetterCompanion } from "@/app/_components/letter/letter-companion";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { SignatureFacts } from "@/app/[locale]/(site)/signatures/_parts/signature-facts";
import {
  Confirmations,
  type ConfirmedWithLetter,
  JustSaid,
  type Said,
  standingWords,
} from "@/app/[locale]/(site)/signatures/_parts/used";
import { publicId } from "@/lib/http/public-ids";
import { localePath } from "@/lib/i18n/locales";
import type { LetterPage } from "@/lib/letters/cached";
import type { TextChange } from "@/lib/letters/difference/text-change";
import type { WaitingEntry } from "@/lib/signatures/queries";

type ShownEntry = WaitingEntry & {
  letter: LetterPage | null;
  /** What changed in the text since it was entered, where that is much. */
  change: TextChange | null;
};

type Props = {
  entries: ShownEntry[];
  confirmed: ConfirmedWithLetter[];
  /** Whether the link leads to what was confirmed with it. */
  leads: boolean;
  /** What has just come about, by the word that the page's address says. */
  said: Said | null;
  path: string;
  locale: string;
};

/** Everything that waits in a mailbox, each to confirm or delete; the letter beside it where there is only one. */
export function Waiting({ entries, confirmed, leads, said, path, locale }: Props) {
  const t = useTranslations("confirming.pending");
  const words = confirmed[0] && standingWords(confirmed[0]);
  const confirmable = entries.filter(({ obstacle }) => !obstacle).length;
  const single = new Set(entries.map(({ slug }) => slug)).size === 1 ? entries[0]?.letter : null;
  return (
    <div className="sheet">
      <div className="page-head form-head">
        {words ? (
          <Confirmed words={words} others={confirmed.length - 1} said={said} />
        ) : (
          <>
            <h1 className="page-title">{t(confirmable > 0 ? "title" : "nothingToConfirm")}</h1>
            <JustSaid said={said} />
          </>
        )}
        {confirmable > 0 && entries.length + confirmed.length > 1 && <Many count={confirmable} />}
        {confirmable > 0 && entries.length + confirmed.length === 1 && single && (
          <Intro letter={single} locale={locale} />
        )}
      </div>
      <div className={single ? "beside" : undefined}>
        <div className="form">
          <ul className="entries">
            {entries.map((entry) => (
              <Entry key={publicId(entry.id)} entry={entry} path={path} locale={locale} />
            ))}
          </ul>
          {confirmable > 0 && <ConfirmForm count={entries.length} path={path} locale={locale} />}
          {confirmed.length > 0 && <Confirmations {...{ entries: confirmed, leads, path, locale }} />}
        </div>
        {single && <LetterCompanion letter={single} locale={locale} form="confirm" />}
      </div>
    </div>
  );
}

/** What became of what was confirmed, before what else waits. */
function Confirmed({ words, others, said }: { words: string; others: number; said: Said | null }) {
  const t = useTranslations("confirming");
  return (
    <>
      <h1 className="page-title">{t(`${words}.title`)}</h1>
      <JustSaid said={said} />
      <p className="lead" role="status">
        {t(`${words}.text`)}
      </p>
      {others > 0 && <p>{t("alsoConfirmed", { count: others })}</p>}
      <h2 className="section-title">{t("pending.more")}</h2>
    </>
  );
}

function Intro({ letter, locale }: { letter: LetterPage; locale: string }) {
  const t = useTranslations("confirming.pending");
  return (
    <p className="lead">
      {t.rich("intro", {
        name: letter.title,
        letter: (words) => (
          <a href="#letter">
            <bdi {...letterLanguage(letter.textLocale, locale)}>{words}</bdi>
          </a>
        ),
      })}
    </p>
  );
}

/** Anybody can enter somebody's address: only its owner knows which entries are theirs. */
function Many({ count }: { count: number }) {
  const t = useTranslations("confirming.pending");
  return (
    <>
      <p className="lead">{t("many", { count })}</p>
      <p className="notice">{t("strangers")}</p>
    </>
  );
}

type EntryProps = { entry: ShownEntry; path: string; locale: string };

function Entry({ entry, path, locale }: EntryProps) {
  const t = useTranslations("confirming.pending");
  const { letter, slug, submittedAt, obstacle, kind, revision, ticked, alike, change } = entry;
  const id = publicId(entry.id);
  const letterPath = localePath(locale, `/letters/${slug}`);
  return (
    <li className="entry">
      <h2 className="section-title" id={`entry-${id}`}>
        <bdi>{entry.signatory.name}</bdi>
      </h2>
      {letter && (
        <p>
          <bdi {...letterLanguage(letter.textLocale, locale)}>{letter.title}</bdi>
        </p>
      )}
      <p className="note">{t.rich("received", { time: () => <Moment date={submittedAt} /> })}</p>
      {alike && (
        <p className="notice">
          {t.rich(`alike.${alike.as}.${kind}`, { name: () => <bdi>{alike.name}</bdi> })}
        </p>
      )}
      <SignatureFacts signature={entry} locale={locale} />
      {letter && (
        <p>
          <a href={`${localePath(locale, path)}?edit=${id}`} aria-describedby={`entry-${id}`}>
            {t("edit")}
          </a>
        </p>
      )}
      {!obstacle && change && <ChangedText change={change} id={id} locale={locale} />}
      {obstacle === "taken" && <p className="notice">{t(`taken.${kind}`)}</p>}
      {obstacle === "taken-down" && (
        <p className="notice">
          {t.rich("takenDown", { letter: (words) => <a href={letterPath}>{words}</a> })}
        </p>
      )}
      {!obstacle && (
        <p className="choice">
          <input
            type="checkbox"
            form="confirm"
            id={`tick-${id}`}
            name={`entry.${id}`}
            value={change ? `${revision}-${change.number}` : revision}
            defaultChecked={ticked}
            aria-describedby={`entry-${id}`}
          />
          <label htmlFor={`tick-${id}`}>
            {change ? t("tickNewer", { number: change.number }) : t("tick")}
          </label>
        </p>
      )}
      <DeleteForm id={id} entry={entry} path={path} locale={locale} />
    </li>
  );
}

/** The new text of the letter, where it has changed much: confirming is for that one. */
function ChangedText({ change, id, locale }: { change: TextChange; id: string; locale: string }) {
  const t = useTranslations("confirming.pending.changed");
  const { since, number, reason, blocks, textLocale } = change;
  return (
    <section className="stacked" aria-labelledby={`changed-${id}`}>
      <h3 className="group-title" id={`changed-${id}`}>
        {t("title")}
      </h3>
      <p className="notice">{t("text", { since, number })}</p>
      {reason && (
        <p>
          {t.rich("reason", { reason: () => <bdi {...letterLanguage(textLocale, locale)}>{reason}</bdi> })}
        </p>
      )}
      <Difference blocks={blocks} language={textLocale} locale={locale} />
    </section>
  );
}

function DeleteForm({ id, entry, path, locale }: EntryProps & { id: string }) {
  const t = useTranslations("confirming.pending");
  const form = `delete.${id}`;
  return (
    <details
      className="entry-delete"
      open={formState(form) !== undefined || entry.alike?.as === "slip" || undefined}
    >
      <summary id={`no-${id}`}>{t("no")}</summary>
      <FormMessages locale={locale} fields={[]}>
        <Form id={form} action={localePath(locale, path)} initial={formState(form)}>
          <button className="button" data-quiet type="submit" aria-describedby={`entry-${id}`}>
            {t("delete")}
          </button>
        </Form>
      </FormMessages>
    </details>
  );
}

function ConfirmForm({ count, path, locale }: { count: number; path: string; locale: string }) {
  const t = useTranslations("confirming.pending");
  return (
    <FormMessages locale={locale} fields={[]}>
      <Form id="confirm" className="form" action={localePath(locale, path)} initial={formState("confirm")}>
        <button className="button" type="submit">
          {t("submit", { count })}
        </button>
        <p className="note">{t("afterwards")}</p>
      </Form>
    </FormMessages>
  );
}
