import { useTranslations } from "next-intl";
import { FormMessages } from "@/app/_components/form-messages";
import { Message } from "@/app/_components/message";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { PassOn } from "@/app/[locale]/(site)/signatures/_parts/pass-on";
import { publicId } from "@/lib/http/public-ids";
import { localePath } from "@/lib/i18n/locales";
import type { LetterPage } from "@/lib/letters/cached";
import type { ConfirmedEntry } from "@/lib/signatures/queries";

/** How a signature can stand whose link has done its work. */
export const STANDINGS = ["VERIFIED", "APPROVED", "REJECTED"] as const;

export type Standing = (typeof STANDINGS)[number];

/** Whether a signature's state is one that a used link can tell. */
function isStanding(state: string): state is Standing {
  return STANDINGS.some((standing) => standing === state);
}

/** With its letter, null where that was taken down, and how long a decision on it usually takes. */
export type ConfirmedWithLetter = ConfirmedEntry & { letter: LetterPage | null; decisionMs: number | null };

/** What has just come about, that the page says once. */
export const SAYINGS = ["kept", "newer", "edited"] as const;
export type Said = (typeof SAYINGS)[number];

export function JustSaid({ said }: { said: Said | null }) {
  const t = useTranslations("confirming.said");
  return (
    said && (
      <p className="notice" role="status">
        {t(said)}
      </p>
    )
  );
}

/** Which words say how a confirmed signature stands; null where none do. */
export function standingWords({ state, visibility, concealed, down }: ConfirmedEntry): string | null {
  if (state === "APPROVED" && down) return "down";
  if (state === "APPROVED" && visibility === "PUBLIC" && concealed) return "concealed";
  return isStanding(state) ? `used.${state}.${visibility}` : null;
}

type Props = {
  entries: ConfirmedWithLetter[];
  leads: boolean;
  said: Said | null;
  path: string;
  locale: string;
};

/** A link that has done its work: how the signatures stand now, whether their names are shown, and where to go on. */
export function Used({ entries, leads, said, path, locale }: Props) {
  const t = useTranslations("confirming");
  const shown = entries.filter((entry) => standingWords(entry) !== null);
  const [first] = shown;
  const words = first && standingWords(first);
  if (!first || !words) return null;
  return (
    <Message title={t(`${words}.title`)}>
      <JustSaid said={said} />
      <p className="lead">{t(`${words}.text`)}</p>
      {shown.length > 1 && <p>{t("alsoConfirmed", { count: shown.length - 1 })}</p>}
      <Confirmations entries={shown} leads={leads} path={path} locale={locale} />
    </Message>
  );
}

const HOUR_MS = 3_600_000;
const HOURS_OF_A_DAY = 24;

/** How long it is, in the largest unit that says it: at least an hour. */
function roughly(ms: number): { unit: "hours" | "days"; count: number } {
  const hours = Math.max(1, Math.ceil(ms / HOUR_MS));
  return hours < 2 * HOURS_OF_A_DAY
    ? { unit: "hours", count: hours }
    : { unit: "days", count: Math.round(hours / HOURS_OF_A_DAY) };
}

/** What follows after confirming: when there will be a decision, one's own signature, passing the letter on. */
export function Confirmations({ entries, leads, path, locale }: Omit<Props, "said">) {
  const t = useTranslations("confirming");
  const waiting = entries.find(({ state, decisionMs }) => state === "VERIFIED" && decisionMs !== null);
  const usual = waiting?.decisionMs ? roughly(waiting.decisionMs) : null;
  const [first] = entries;
  const letters = new Map(entries.flatMap(({ letter }) => (letter ? [[letter.slug, letter]] : [])));
  return (
    <>
      {usual && <p>{t(`usually.${usual.unit}`, { count: usual.count })}</p>}
      {leads && first ? (
        <Own id={first.id} count={entries.length} path={path} locale={locale} />
      ) : (
        <p>
          <a href={localePath(locale, "/signatures")}>{t("ownLink")}</a>
        </p>
      )}
      {[...letters.values()].map((letter) => (
        <PassOn
          key={letter.slug}
          letter={letter}
          signatures={entries.flatMap((entry) => (entry.letter?.slug === letter.slug ? [entry.id] : []))}
          locale={locale}
        />
      ))}
    </>
  );
}

type OwnProps = { id: string; count: number; path: string; locale: string };

/** Leads on to one's own signatures: the link to one opens all of its mailbox. A press, since it makes a link. */
function Own({ id, count, path, locale }: OwnProps) {
  const t = useTranslations("confirming");
  const form = `own.${publicId(id)}`;
  return (
    <FormMessages locale={locale} fields={[]}>
      <Form id={form} action={localePath(locale, path)} initial={formState(form)}>
        <button className="button" data-quiet="" type="submit">
          {t("own", { count })}
        </button>
      </Form>
    </FormMessages>
  );
}
