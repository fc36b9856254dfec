import { useTranslations } from "next-intl";
import { FormMessages } from "@/app/_components/form-messages";
import { Until } from "@/app/_components/letter/date";
import { Difference } from "@/app/_components/letter/difference";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { countryName } from "@/lib/fields/countries/rules";
import { localePath } from "@/lib/i18n/locales";
import type { TextChange } from "@/lib/letters/difference/text-change";
import type { OwnSignature } from "@/lib/signatures/confirm-again/own-signature";

type Props = { signature: OwnSignature; path: string; locale: string };

/** One's own signature: how it stands, what changed in the text since, and what its holder can do. */
export function ManageSignature({
  signature,
  path,
  locale,
  done,
  step,
}: Props & { done: unknown; step: unknown }) {
  const t = useTranslations("confirming.manage");
  const { change, version, slug, status, title, textLocale } = signature;
  const shown = status === "open" || status === "closed";
  const letter = <bdi {...letterLanguage(textLocale, locale)}>{title}</bdi>;
  const said = done === "confirmed" || done === "newer" ? done : null;
  return (
    <div className="sheet">
      <div className="page-head form-head">
        <h1 className="page-title">{t("title")}</h1>
        {said && !(said === "confirmed" && change?.size === "LARGE") && (
          <p className="notice" role="status">
            {t(`done.${said}`, { number: version })}
          </p>
        )}
        <p className="lead">
          {shown ? <a href={localePath(locale, `/letters/${slug}`)}>{letter}</a> : letter}
        </p>
        <p>{t(standingOf(signature), { number: version })}</p>
      </div>
      <div className="form">
        {step === "withdraw" ? (
          <Withdraw path={path} locale={locale} />
        ) : (
          <>
            {change && change.size !== "NONE" && (
              <Changed change={change} signature={signature} path={path} locale={locale} />
            )}
            <Entry signature={signature} locale={locale} />
            <section aria-labelledby="withdraw">
              <h2 className="section-title" id="withdraw">
                {t("withdraw.title")}
              </h2>
              <p>{t("withdraw.text")}</p>
              <p>
                <a href={`${localePath(locale, path)}?step=withdraw`}>{t("withdraw.begin")}</a>
              </p>
            </section>
          </>
        )}
      </div>
    </div>
  );
}

function standingOf({ state, visibility, earlier }: OwnSignature): string {
  if (state === "REJECTED") return "standing.REJECTED";
  if (state !== "VERIFIED" && state !== "APPROVED") return "standing.PENDING";
  if (earlier) return `standing.earlier.${visibility}`;
  return `standing.${state}.${visibility}`;
}

function Changed({ change, signature, path, locale }: Props & { change: TextChange }) {
  const t = useTranslations("confirming.manage");
  const { size, since, number, reason, answerBy, blocks, textLocale } = change;
  const asked = size === "LARGE" && (signature.state === "VERIFIED" || signature.state === "APPROVED");
  return (
    <section aria-labelledby="changed">
      <h2 className="section-title" id="changed">
        {t(asked ? "asked.title" : "told.title")}
      </h2>
      <p>{t(asked ? "asked.text" : "told.text", { since, number })}</p>
      {reason && <p>{t.rich("reason", { reason: () => <bdi className="organiser-words">{reason}</bdi> })}</p>}
      <Difference blocks={blocks} language={textLocale} locale={locale} />
      {asked && (
        <FormMessages locale={locale}>
          <Form
            id="confirm-again"
            className="form"
            action={localePath(locale, path)}
            initial={formState("confirm-again")}
          >
            <input type="hidden" name="version" value={number} />
            <button className="button" type="submit">
              {t("asked.submit", { number })}
            </button>
            {answerBy && !signature.earlier && (
              <p className="note">{t.rich("asked.date", { time: () => <Until at={answerBy} /> })}</p>
            )}
          </Form>
        </FormMessages>
      )}
    </section>
  );
}

function Entry({ signature: { kind, signatory, country }, locale }: Omit<Props, "path">) {
  const t = useTranslations("confirming");
  const facts = [
    [kind === "ORGANISATION" ? "organisationName" : "fullName", signatory.name],
    ["title", signatory.title],
    ["position", signatory.position],
    ["affiliation", signatory.affiliation],
    ["country", countryName(country, locale)],
  ] as const;
  return (
    <section aria-labelledby="entry">
      <h2 className="section-title" id="entry">
        {t("manage.entry")}
      </h2>
      <dl className="facts">
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{t(`facts.${name}`)}</dt>
                <dd>
                  <bdi>{value}</bdi>
                </dd>
              </div>
            ),
        )}
      </dl>
    </section>
  );
}

/** The second step: what it means, and the button. */
function Withdraw({ path, locale }: { path: string; locale: string }) {
  const t = useTranslations("confirming.manage.withdraw");
  return (
    <section aria-labelledby="withdraw">
      <h2 className="section-title" id="withdraw">
        {t("sure")}
      </h2>
      <p>{t("effect")}</p>
      <FormMessages locale={locale}>
        <Form
          id="withdraw"
          className="form"
          action={localePath(locale, path)}
          initial={formState("withdraw")}
        >
          <button className="button" type="submit">
            {t("submit")}
          </button>
        </Form>
      </FormMessages>
      <p>
        <a href={localePath(locale, path)}>{t("keep")}</a>
      </p>
    </section>
  );
}
