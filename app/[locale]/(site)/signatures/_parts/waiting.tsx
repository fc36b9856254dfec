import { useTranslations } from "next-intl";
import { FormMessages } from "@/app/_components/form-messages";
import { Moment } from "@/app/_components/letter/date";
import { LetterCompanion } from "@/app/_components/letter/letter-companion";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { signPath } from "@/app/_components/letter/sign-actions";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { SignatureFacts } from "@/app/[locale]/(site)/signatures/_parts/signature-facts";
import { standingWords } from "@/app/[locale]/(site)/signatures/_parts/used";
import { publicId } from "@/lib/http/public-ids";
import { localePath } from "@/lib/i18n/locales";
import type { LetterPage } from "@/lib/letters/cached";
import type { ConfirmedEntry, WaitingEntry } from "@/lib/signatures/queries";

type ShownEntry = WaitingEntry & { letter: LetterPage | null };

type Props = {
  entries: ShownEntry[];
  confirmed: ConfirmedEntry[];
  /** Whether somebody has just wanted to delete what was confirmed meanwhile. */
  kept: boolean;
  path: string;
  locale: string;
};

/** Everything that waits in a mailbox, each to confirm or delete; the letter beside it where there is only one. */
export function Waiting({ entries, confirmed, kept, path, locale }: Props) {
  const t = useTranslations("confirming.pending");
  const words = confirmed[0] && standingWords(confirmed[0]);
  const confirmable = entries.filter(({ obstacle }) => !obstacle).length;
  const single = new Set(entries.map(({ slug }) => slug)).size === 1 ? entries[0]?.letter : null;
  return (
    <div className="sheet">
      <div className="page-head form-head">
        {words ? (
          <Confirmed words={words} others={confirmed.length - 1} kept={kept} />
        ) : (
          <h1 className="page-title">{t(confirmable > 0 ? "title" : "nothingToConfirm")}</h1>
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
        </div>
        {single && <LetterCompanion letter={single} locale={locale} form="confirm" />}
      </div>
    </div>
  );
}

/** What became of what was confirmed, before what else waits. */
function Confirmed({ words, others, kept }: { words: string; others: number; kept: boolean }) {
  const t = useTranslations("confirming");
  return (
    <>
      <h1 className="page-title">{t(`${words}.title`)}</h1>
      {kept && (
        <p className="notice" role="status">
          {t("kept")}
        </p>
      )}
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
  const { letter, slug, submittedAt, obstacle, kind, revision, ticked } = entry;
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
      <SignatureFacts signature={entry} locale={locale} />
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
            value={revision}
            defaultChecked={ticked}
            aria-describedby={`entry-${id}`}
          />
          <label htmlFor={`tick-${id}`}>{t("tick")}</label>
        </p>
      )}
      <DeleteForm id={id} entry={entry} path={path} locale={locale} />
    </li>
  );
}

function DeleteForm({ id, entry, path, locale }: EntryProps & { id: string }) {
  const t = useTranslations("confirming.pending");
  const form = `delete.${id}`;
  const as = entry.kind === "ORGANISATION" ? "organisation" : "individual";
  const again = localePath(locale, signPath(entry.slug, as));
  return (
    <details className="entry-delete" open={formState(form) !== undefined || undefined}>
      <summary id={`no-${id}`}>{t("no")}</summary>
      <FormMessages locale={locale}>
        <Form id={form} action={localePath(locale, path)} initial={formState(form)}>
          <button className="button" data-quiet type="submit" aria-describedby={`entry-${id}`}>
            {t("delete")}
          </button>
          {entry.obstacle !== "taken-down" && (
            <p className="note">{t.rich("mistake", { again: (words) => <a href={again}>{words}</a> })}</p>
          )}
        </Form>
      </FormMessages>
    </details>
  );
}

function ConfirmForm({ count, path, locale }: { count: number; path: string; locale: string }) {
  const t = useTranslations("confirming.pending");
  return (
    <FormMessages locale={locale}>
      <Form id="confirm" className="form" action={localePath(locale, path)} initial={formState("confirm")}>
        <button className="button" type="submit">
          {t("submit", { count })}
        </button>
        <p className="note">{t("afterwards")}</p>
      </Form>
    </FormMessages>
  );
}
