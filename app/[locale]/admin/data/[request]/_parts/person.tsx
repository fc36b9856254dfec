import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import {
  displayedFacts,
  FactList,
  privateFacts,
} from "@/app/[locale]/(site)/signatures/[token]/_parts/own-facts";
import { signaturePath } from "@/app/[locale]/admin/_parts/paths";
import { When } from "@/app/[locale]/admin/_parts/when";
import { publicId } from "@/lib/http/public-ids";
import { localePath } from "@/lib/i18n/locales";
import type { PersonData } from "@/lib/retention/requests/data-request";
import type { OwnObjection, OwnSuppression } from "@/lib/retention/requests/other-data";
import type { OwnData } from "@/lib/signatures/own/own-data";

type Props = { data: PersonData; request: string; locale: string };

/** What is stored of one person, and what can be done with all of it at once. */
export function Person({ data: { signatures, objections, suppressions, rules }, request, locale }: Props) {
  const t = useTranslations("data.requests");
  const path = `/admin/data/${request}`;
  const all = signatures.length + objections.length;
  const spellings = new Set(signatures.map(({ email }) => email));
  return (
    <>
      <p className="admin-standing">
        {t("found", { signatures: signatures.length, objections: objections.length })}
      </p>
      {spellings.size > 1 && <p>{t("spellings")}</p>}
      <p>
        <a className="button" data-quiet href={localePath(locale, `${path}/download`)} download>
          {t("downloadAll")}
        </a>
      </p>
      {all > 1 && (
        <Erase
          path={path}
          name="erase-all"
          locale={locale}
          count={signatures.length}
          also={objections.length}
        />
      )}
      <ul className="rows">
        {signatures.map((signature) => (
          <li key={publicId(signature.id)}>
            <Signature signature={signature} path={path} locale={locale} alone={all === 1} />
          </li>
        ))}
        {objections.map((objection) => (
          <li key={publicId(objection.id)}>
            <Objection objection={objection} path={path} locale={locale} />
          </li>
        ))}
        {suppressions.length > 0 && (
          <li>
            <Suppressions suppressions={suppressions} path={path} locale={locale} />
          </li>
        )}
        {rules.map(({ reason, at }) => (
          <li key={at.toISOString()}>
            <h2>{t("rule.title")}</h2>
            <p>{t.rich("rule.since", { time: () => <When at={at} /> })}</p>
            <blockquote className="quoted">
              <p dir="auto">{reason}</p>
            </blockquote>
            <p className="hint">{t("rule.hint")}</p>
            <p>
              <a className="button" data-quiet href={localePath(locale, "/admin/protection/blocklist")}>
                {t("rule.open")}
              </a>
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

type OneProps = { signature: OwnData; path: string; locale: string; alone: boolean };

function Signature({ signature, path, locale, alone }: OneProps) {
  const t = useTranslations("data.requests");
  const state = useTranslations("admin.states");
  const news = useTranslations("own.news");
  const { id, title, textLocale, typed, version, consent } = signature;
  return (
    <>
      <h2>
        <bdi {...letterLanguage(textLocale, locale)}>{title}</bdi>
      </h2>
      <p>
        {t("standing", { state: state(signature.state), shown: shownAs(signature), number: version })}{" "}
        {t.rich("consent", { name: consent.version, time: () => <When at={consent.at} /> })}
      </p>
      <FactList
        facts={[
          ...displayedFacts(signature, locale),
          ...privateFacts(signature, locale, news("on"), news("off")),
        ]}
      />
      {typed && (
        <>
          <h3>{t("typed")}</h3>
          <FactList facts={displayedFacts({ ...signature, signatory: typed }, locale)} />
        </>
      )}
      <p className="admin-buttons">
        {!alone && (
          <a
            className="button"
            data-quiet
            href={localePath(locale, `${path}/download?signature=${publicId(id)}`)}
            download
          >
            {t("download")}
          </a>
        )}
        {signature.state !== "PENDING" && (
          <a className="button" data-quiet href={signaturePath(locale, id)}>
            {t("history")}
          </a>
        )}
      </p>
      <Erase path={path} name={`erase.${publicId(id)}`} locale={locale} count={1} />
    </>
  );
}

/** Where its name really is: whoever asks about their data must not be told that it shows where it does not. */
export function shownAs({ state, visibility, listed, status, concealed }: OwnData): string {
  if (visibility !== "PUBLIC") return "WITHHELD";
  if (listed) return "LISTED";
  if (state === "REJECTED") return "NEVER";
  if (state !== "APPROVED") return "LATER";
  return concealed || status === "open" || status === "closed" ? "CONCEALED" : "DOWN";
}

type ObjectionProps = { objection: OwnObjection; path: string; locale: string };

/** An objection that the person made. */
function Objection({ objection, path, locale }: ObjectionProps) {
  const t = useTranslations("data.requests.objection");
  const { id, title, textLocale, name, state, email, comment, createdAt, confirmedAt, decidedAt } = objection;
  return (
    <>
      <h2>{t("title")}</h2>
      <p>
        {name && (
          <>
            <bdi>{name}</bdi> ·{" "}
          </>
        )}
        <bdi {...letterLanguage(textLocale, locale)}>{title}</bdi>
      </p>
      <p>{t.rich(`state.${state}`, { time: () => <When at={decidedAt ?? confirmedAt ?? createdAt} /> })}</p>
      {email && <p dir="ltr">{email}</p>}
      {comment && (
        <blockquote className="quoted">
          <p dir="auto">{comment}</p>
        </blockquote>
      )}
      <Step path={path} name={`erase-objection.${publicId(id)}`} locale={locale} words={t("erase")}>
        {t("eraseHint")}
      </Step>
    </>
  );
}

type SuppressionsProps = { suppressions: OwnSuppression[]; path: string; locale: string };

/** That we send no emails to the address. */
function Suppressions({ suppressions, path, locale }: SuppressionsProps) {
  const t = useTranslations("data.requests.suppression");
  return (
    <>
      <h2>{t("title")}</h2>
      {suppressions.map(({ reason, at }) => (
        <p key={`${reason} ${at.toISOString()}`}>{t.rich(reason, { time: () => <When at={at} /> })}</p>
      ))}
      <Step path={path} name="allow-emails" locale={locale} words={t("erase")}>
        {t("eraseHint")}
      </Step>
    </>
  );
}

type EraseProps = Omit<StepProps, "words" | "children"> & { count: number; also?: number };

function Erase({ count, also = 0, ...step }: EraseProps) {
  const t = useTranslations("data.requests");
  return (
    <Step {...step} words={t(count + also > 1 ? "eraseAll" : "erase")}>
      {count > 0 && t("eraseHint", { count })} {also > 0 && t("objection.eraseHint")}
    </Step>
  );
}

type StepProps = { path: string; name: string; locale: string; words: string; children: ReactNode };

/** Two steps: nothing brings it back. */
function Step({ path, name, locale, words, children }: StepProps) {
  const t = useTranslations("data.requests");
  const sent = formState(name);
  return (
    <details open={Boolean(sent)}>
      <summary>{words}</summary>
      <Form id={name} action={localePath(locale, path)} initial={sent} className="form">
        <p className="hint">{children}</p>
        <button className="button" type="submit">
          {t("eraseSubmit")}
        </button>
      </Form>
    </details>
  );
}
