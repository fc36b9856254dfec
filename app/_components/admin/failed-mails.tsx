import { useTranslations } from "next-intl";
import { mailsPath } from "@/app/_components/admin/asked-mails";
import { signaturePath } from "@/app/_components/admin/paths";
import { When } from "@/app/_components/admin/when";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { type FailedMailLine, MAIL_LISTS, type MailList, type MailPlace } from "@/lib/deliveries/queries";
import { localePath } from "@/lib/i18n/locales";

type Props = {
  locale: string;
  list: MailList;
  lines: FailedMailLine[];
  next: MailPlace | null;
  /** Whether this is a later page of the list. */
  later: boolean;
  /** Whether the administrator may send mails again. */
  resends: boolean;
};

/** The list of mails that could not be delivered. */
export function FailedMails({ locale, list, lines, next, later, resends }: Props) {
  const t = useTranslations("mails");
  return (
    <>
      <ul className="admin-nav" aria-label={t("filter")}>
        {MAIL_LISTS.map((one) => (
          <li key={one}>
            <a href={mailsPath(locale, one)} aria-current={one === list ? "true" : undefined}>
              {t(`lists.${one}`)}
            </a>
          </li>
        ))}
      </ul>
      {lines.length === 0 && <p>{t(`empty.${list}`)}</p>}
      <ul className="admin-evidence">
        {lines.map((line) => (
          <li key={line.id}>
            <Line line={line} locale={locale} />
            {resends && line.resendable === "yes" && <Resend line={line} locale={locale} />}
          </li>
        ))}
      </ul>
      <p className="admin-pages">
        {later && <a href={mailsPath(locale, list)}>{t("first")}</a>}
        {next && <a href={mailsPath(locale, list, next)}>{t("next")}</a>}
      </p>
    </>
  );
}

function Line({ line, locale }: { line: FailedMailLine; locale: string }) {
  const t = useTranslations("mails");
  const { signature, kind, code, resentAt, at } = line;
  return (
    <>
      <div className="admin-entry">
        <strong>{t(`message.${line.message}`)}</strong>
        {signature && (
          <a href={signaturePath(locale, signature.id)}>
            <bdi>{signature.name}</bdi>
          </a>
        )}
      </div>
      <p>{t.rich(`why.${kind}`, { code: () => <code dir="ltr">{code}</code> })}</p>
      <p className="note">
        {t.rich("at", { time: () => <When at={at} /> })}{" "}
        {resentAt && t.rich("resentAt", { time: () => <When at={resentAt} /> })}
        {(line.resendable === "over" || (line.resendable === "suppressed" && kind !== "suppressed")) &&
          t(`not.${line.resendable}`)}
      </p>
    </>
  );
}

function Resend({ line, locale }: { line: FailedMailLine; locale: string }) {
  const t = useTranslations("mails");
  const form = `resend.${line.id}`;
  const about = { message: t(`message.${line.message}`), name: line.signature?.name ?? "" };
  return (
    <Form
      id={form}
      action={localePath(locale, "/admin/mails")}
      initial={formState(form)}
      className="admin-buttons"
    >
      <button
        className="button"
        data-quiet
        type="submit"
        aria-label={t(line.signature ? "resendNamed" : "resendOf", about)}
      >
        {t("resend")}
      </button>
    </Form>
  );
}
