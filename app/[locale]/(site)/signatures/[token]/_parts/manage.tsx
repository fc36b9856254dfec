import { useTranslations } from "next-intl";
import { Moment } from "@/app/_components/letter/date";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { PassOn } from "@/app/[locale]/(site)/signatures/_parts/pass-on";
import { EndLinks } from "@/app/[locale]/(site)/signatures/[token]/_parts/end-links";
import { NoteForms, Removed } from "@/app/[locale]/(site)/signatures/[token]/_parts/note-forms";
import { OwnEntry } from "@/app/[locale]/(site)/signatures/[token]/_parts/own-entry";
import { Withdraw } from "@/app/[locale]/(site)/signatures/[token]/_parts/withdraw";
import { publicId } from "@/lib/http/public-ids";
import { localePath } from "@/lib/i18n/locales";
import { letterPage } from "@/lib/letters/cached";
import type { OwnLinks, OwnSignature } from "@/lib/signatures/own/own-signatures";
import type { RemovedLine, WithdrawnLine } from "@/lib/signatures/own/withdrawal-note";

type Props = {
  signatures: OwnSignature[];
  /** Those about others behind the link that were withdrawn. */
  lines: WithdrawnLine[];
  removed: RemovedLine | null;
  links: OwnLinks;
  path: string;
  done: unknown;
  /** The id of the signature that it was done to. */
  of: string;
  step: unknown;
  locale: string;
};

/** What the buttons of the page can have done. */
export const DONE = [
  "confirmed",
  "newer",
  "hidden",
  "representativeHidden",
  "updatesOn",
  "updatesOff",
  "withdrawn",
  "proposed",
  "asked",
  "stopped",
  "moveStopped",
  "moving",
  "moved",
  "discreet",
  "linksEnded",
] as const;

/** One's own signatures, each by itself: how it stands, what is stored and shown, and what its holder can do. */
export function Manage({ signatures, lines, removed, links, path, done, of, step, locale }: Props) {
  const t = useTranslations("own");
  const withdraws = signatures.find(({ id }) => step === `withdraw.${publicId(id)}`);
  const shown = withdraws ? [] : signatures;
  const said = DONE.find((code) => code === done);
  const still = stillStands(said, signatures);
  const version = signatures[0]?.version ?? 1;
  const meant = meantOf(signatures, of);
  const mailed = signatures.some(({ email }) => email !== "");
  // Signed anew, and the text changed once more while it was read.
  const overtaken = said === "confirmed" && signatures.some(({ change }) => change?.size === "LARGE");
  return (
    <div className="sheet">
      <div className="page-head form-head">
        <h1 className="page-title">{t("title", { count: signatures.length })}</h1>
        {said && !overtaken && (
          <p className="notice" role="status">
            {meant && (
              <>
                <bdi>{meant.signatory.name}</bdi> ·{" "}
                <bdi {...letterLanguage(meant.textLocale, locale)}>{meant.title}</bdi>:{" "}
              </>
            )}
            {t(`done.${said === "withdrawn" ? "oneWithdrawn" : said}`, {
              number: version,
              mailed: String(mailed),
            })}
            {still && ` ${t(`still.${still}`)}`}
          </p>
        )}
        {removed && <Removed line={removed} locale={locale} />}
        {links.endedAt && !said && (
          <p className="notice">
            {t.rich("links.ended", { time: () => (links.endedAt ? <Moment date={links.endedAt} /> : null) })}
          </p>
        )}
        {shown.length > 1 && <p className="lead">{t("several", { count: shown.length })}</p>}
      </div>
      <div className="form">
        {!withdraws && <NoteForms {...{ lines, path, locale }} />}
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
        {shown.length > 0 && <EndLinks {...links} {...{ mailed, path, locale }} count={shown.length} />}
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

/** Of several signatures the one that a button was about: the page names it where it says what was done. */
export const meantOf = <One extends { id: string }>(signatures: readonly One[], of: string) =>
  signatures.length > 1 ? signatures.find(({ id }) => id === of) : undefined;

/** What one might think is over too: another change that waits. */
export function stillStands(
  said: (typeof DONE)[number] | undefined,
  signatures: readonly Pick<OwnSignature, "movesTo" | "proposal">[],
): "change" | "move" | null {
  const moves = signatures.some(({ movesTo }) => movesTo);
  const changes = signatures.some(({ proposal }) => proposal?.state === "WAITING");
  if (said !== "stopped" && said !== "moveStopped") return null;
  return changes ? "change" : moves ? "move" : null;
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
