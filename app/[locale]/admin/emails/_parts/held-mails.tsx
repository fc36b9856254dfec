import { useTranslations } from "next-intl";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { When } from "@/app/[locale]/admin/_parts/when";
import { publicId } from "@/lib/http/public-ids";
import { localePath } from "@/lib/i18n/locales";
import type { HeldDomainLine } from "@/lib/mail/held-domains";

type Props = {
  locale: string;
  /** How many mails wait in all. */
  held: number;
  domains: HeldDomainLine[];
  /** Whether the administrator may raise limits. */
  raises: boolean;
};

/** The mails that wait for a limit, and the domains whose day's mails are used up. */
export function HeldMails({ locale, held, domains, raises }: Props) {
  const t = useTranslations("mails.held");
  return (
    <section aria-labelledby="held">
      <h2 id="held">{t("title")}</h2>
      <p>{t("intro", { count: held })}</p>
      <ul className="rows">
        {domains.map((line) => (
          <li key={publicId(line.mailId)}>
            <Line line={line} />
            {raises && <Raise line={line} locale={locale} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Line({ line }: { line: HeldDomainLine }) {
  const t = useTranslations("mails.held");
  const { domain, unchecked, count, held, until } = line;
  const parts = {
    domain: () => (domain ? <code dir="ltr">{domain}</code> : t("erased")),
    time: () => <When at={until} />,
  };
  return <p>{t.rich(unchecked ? "uncheckedLine" : "line", { ...parts, count, held })}</p>;
}

function Raise({ line, locale }: { line: HeldDomainLine; locale: string }) {
  const t = useTranslations("mails.held");
  const form = `raise-limit.${publicId(line.mailId)}`;
  return (
    <Form
      id={form}
      action={localePath(locale, "/admin/emails")}
      initial={formState(form)}
      className="admin-buttons"
    >
      <button
        className="button"
        data-quiet
        type="submit"
        aria-label={t("named", { domain: line.domain ?? t("erased"), count: line.raised })}
      >
        {t("button", { count: line.raised })}
      </button>
    </Form>
  );
}
