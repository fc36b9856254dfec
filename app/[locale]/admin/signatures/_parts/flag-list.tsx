import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { signaturePath } from "@/app/[locale]/admin/_parts/paths";
import type { MixedWord } from "@/lib/fields/names/scripts";
import { publicId } from "@/lib/http/public-ids";
import { dateLocale } from "@/lib/i18n/locales";
import type { FlagReason } from "@/lib/moderation/flags/rules";
import type { SignatureDetail } from "@/lib/moderation/signature-detail";

/** What a moderator should notice about a signature, one short sentence each; nothing where nothing is unusual. */
export function FlagList({ signature, locale }: { signature: SignatureDetail; locale: string }) {
  const t = useTranslations("flags");
  const { flags, hold } = signature;
  if (flags.length === 0 && !hold) return null;
  return (
    <section aria-labelledby="flags" className="case-warnings">
      <h2 id="flags">{t("title")}</h2>
      <ul className="rows">
        {hold && (
          <li>
            <strong>{t(`why.${hold}`)}</strong>
          </li>
        )}
        {flags.map((flag) => (
          <li key={flag.code}>
            <Sentence flag={flag} locale={locale} />
          </li>
        ))}
      </ul>
      <p className="note">{t("informs")}</p>
    </section>
  );
}

const code = (words: ReactNode) => <bdi dir="ltr">{words}</bdi>;

function Sentence({ flag, locale }: { flag: FlagReason; locale: string }) {
  const t = useTranslations("flags.reason");
  const format = useFormatter();
  switch (flag.code) {
    case "bounced":
      return t("bounced");
    case "disposable":
    case "freeMail":
      return t.rich(flag.code, { domain: flag.domain, code });
    case "rejectedBefore":
    case "sharedMailbox": {
      const other = (words: ReactNode) => <a href={signaturePath(locale, flag.signatureId)}>{words}</a>;
      return t.rich(flag.code, { other });
    }
    case "domainDiffers":
      return t.rich("domainDiffers", {
        mailDomain: flag.mailDomain,
        websiteDomain: flag.websiteDomain,
        code,
        other: code,
      });
    case "burst":
      return flag.together ? t("burst", flag.together) : t("burstBefore");
    case "watched": {
      const name = () => <bdi>{flag.name}</bdi>;
      const note = () => <bdi>{flag.note}</bdi>;
      return t.rich(flag.note ? "watchedAs" : "watched", { name, note });
    }
    case "lookalikeName":
      return t.rich("lookalikeName", { names: () => <Alike flag={flag} locale={locale} /> });
    case "lookalikeDomain": {
      const own = () => code(flag.domain);
      const other = () => <LinkedTo id={flag.signatureId} words={flag.other} locale={locale} ltr />;
      return t.rich(flag.signatureId ? "lookalikeDomain" : "lookalikeOrganiser", { own, other });
    }
    case "mixedScripts": {
      const words = flag.words.map((mixed) => <Mixed key={mixed.word} mixed={mixed} locale={locale} />);
      return t.rich("mixedScripts", { words: () => format.list(words) });
    }
  }
}

/** A word that mixes scripts, and which: nobody sees them. */
function Mixed({ mixed: { word, scripts }, locale }: { mixed: MixedWord; locale: string }) {
  const t = useTranslations("flags.reason");
  const names = new Intl.DisplayNames(dateLocale(locale), { type: "script" });
  const list = useFormatter().list(scripts.map((script) => names.of(script) ?? script));
  return t.rich("mixedWord", { word: () => <bdi>{word}</bdi>, scripts: list });
}

function Alike({ flag, locale }: { flag: Extract<FlagReason, { code: "lookalikeName" }>; locale: string }) {
  const names = flag.names.map(({ signatureId, name }) => (
    <LinkedTo key={publicId(signatureId)} id={signatureId} words={name} locale={locale} />
  ));
  return useFormatter().list(names);
}

type Linked = { id: string | null; words: string; locale: string; ltr?: boolean };

function LinkedTo({ id, words, locale, ltr }: Linked) {
  const shown = <bdi dir={ltr ? "ltr" : undefined}>{words}</bdi>;
  return id ? <a href={signaturePath(locale, id)}>{shown}</a> : shown;
}
