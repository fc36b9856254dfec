import { useTranslations } from "next-intl";
import { PassOn } from "@/app/[locale]/(site)/signatures/_parts/pass-on";
import { NoteForm } from "@/app/[locale]/(site)/signatures/[token]/_parts/note-form";
import { OwnEntry } from "@/app/[locale]/(site)/signatures/[token]/_parts/own-entry";
import { Withdraw } from "@/app/[locale]/(site)/signatures/[token]/_parts/withdraw";
import { publicId } from "@/lib/http/public-ids";
import { localePath } from "@/lib/i18n/locales";
import { letterPage } from "@/lib/letters/cached";
import type { OwnSignature } from "@/lib/signatures/own/own-signatures";

type Props = {
  signatures: OwnSignature[];
  /** Whether the list says that another one behind the link was withdrawn. */
  noted: boolean;
  path: string;
  done: unknown;
  step: unknown;
  locale: string;
};

/** What the buttons of the page can have done. */
export const DONE = [
  "confirmed",
  "newer",
  "hidden",
  "updatesOn",
  "updatesOff",
  "withdrawn",
  "proposed",
  "asked",
  "stopped",
  "moveStopped",
  "moving",
  "moved",
  "unlisted",
  "discreet",
] as const;

/** One's own signatures, each by itself: how it stands, what is stored and shown, and what its holder can do. */
export function Manage({ signatures, noted, path, done, step, locale }: Props) {
  const t = useTranslations("own");
  const withdraws = signatures.find(({ id }) => step === `withdraw.${publicId(id)}`);
  const shown = withdraws ? [] : signatures;
  const said = DONE.find((code) => code === done);
  const still = stillStands(said, signatures, noted);
  const version = signatures[0]?.version ?? 1;
  // Signed anew, and the text changed once more while it was read.
  const overtaken = said === "confirmed" && signatures.some(({ change }) => change?.size === "LARGE");
  return (
    <div className="sheet">
      <div className="page-head form-head">
        <h1 className="page-title">{t("title", { count: signatures.length })}</h1>
        {said && !overtaken && (
          <p className="notice" role="status">
            {t(`done.${said === "withdrawn" ? "oneWithdrawn" : said}`, { number: version })}
            {still && ` ${t(`still.${still}`)}`}
          </p>
        )}
        {shown.length > 1 && <p className="lead">{t("several", { count: shown.length })}</p>}
      </div>
      <div className="form">
        {noted && !withdraws && <NoteForm path={path} locale={locale} />}
        {withdraws && <Withdraw signature={withdraws} path={path} locale={locale} />}
        {shown.length > 0 && (
          <ul className="entries">
            {shown.map((signature) => (
              <li key={publicId(signature.id)} className="entry">
                <OwnEntry signature={signature} path={path} locale={locale} />
              </li>
            ))}
          </ul>
        )}
        {shown.length > 0 && <Kits signatures={shown} locale={locale} />}
        {shown.length > 0 && (
          <section aria-labelledby="keep">
            <h2 className="section-title" id="keep">
              {t("data.title")}
            </h2>
            <p>{t("data.text")}</p>
            <p className="button-row">
              <a href={localePath(locale, `${path}/data`)}>{t("data.page")}</a>
              <a href={localePath(locale, `${path}/download`)} download>
                {t("data.file")}
              </a>
            </p>
            <p>{t("data.receiptText", { count: shown.length })}</p>
            <p>
              <a href={localePath(locale, `${path}/receipt`)} download>
                {t("data.receipt", { count: shown.length })}
              </a>
            </p>
          </section>
        )}
      </div>
    </div>
  );
}

/** What one might think is over too: another change that waits, or another line in the list. */
export function stillStands(
  said: (typeof DONE)[number] | undefined,
  signatures: readonly Pick<OwnSignature, "movesTo" | "proposal">[],
  noted: boolean,
): "change" | "move" | "line" | null {
  const moves = signatures.some(({ movesTo }) => movesTo);
  const changes = signatures.some(({ proposal }) => proposal?.state === "WAITING");
  if (said === "stopped" || said === "moveStopped") return changes ? "change" : moves ? "move" : null;
  return said === "unlisted" && noted ? "line" : null;
}

/** Ways to pass on each letter whose readers see one's name: nobody else is asked to tell that they signed. */
async function Kits({ signatures, locale }: Pick<Props, "signatures" | "locale">) {
  const listed = signatures.filter((one) => one.listed && one.state === "APPROVED");
  const slugs = [...new Set(listed.map(({ slug }) => slug))];
  const letters = await Promise.all(slugs.map((slug) => letterPage(slug, locale)));
  return letters.map(
    (letter) =>
      letter && (
        <PassOn
          key={letter.slug}
          letter={letter}
          signatures={listed.flatMap(({ id, slug }) => (slug === letter.slug ? [id] : []))}
          locale={locale}
        />
      ),
  );
}
