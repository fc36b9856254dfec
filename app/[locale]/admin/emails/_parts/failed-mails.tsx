import { useTranslations } from "next-intl";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { signaturePath } from "@/app/[locale]/admin/_parts/paths";
import { When } from "@/app/[locale]/admin/_parts/when";
import { mailsPath } from "@/app/[locale]/admin/emails/_parts/asked-mails";
import { publicId } from "@/lib/http/public-ids";
import { localePath } from "@/lib/i18n/locales";
import { type FailedMailLine, MAIL_LISTS, type MailList, type MailPlace } from "@/lib/mail/failed-mails";

type Props = {
  locale: string;
  list: MailList;
  lines: FailedMailLine[];
  next: MailPlace | null;
  /** Whether this is a later page of the list. */
  later: boolean;
  /** Whether the administrator may send mails again. */
  resends: boolean;
  /** Whether they may let addresses have mail again. */
  allows: boolean;
};

export function FailedMails({ locale, list, lines, next, later, resends, allows }: Props) {
  const t = useTranslations("mails");
  return (
    <>
      <ul className="tabs" aria-label={t("filter")}>
        {MAIL_LISTS.map((one) => (
          <li key={one}>
            <a href={mailsPath(locale, one)} aria-current={one === list ? "true" : undefined}>
              {t(`lists.${one}`)}
            </a>
          </li>
        ))}
      </ul>
      {lines.length === 0 && <p>{t(`empty.${list}`)}</p>}
      {resends && lines.filter(isResendable).length > 1 && <ResendAll locale={locale} />}
      <ul className="rows">
        {lines.map((line) => (
          <li key={publicId(line.id)}>
            <Line line={line} locale={locale} />
            {resends && isResendable(line) && <Act act="resend" line={line} locale={locale} />}
            {allows && line.resendable === "suppressed" && (
              <Act act="allow-mail" line={line} locale={locale} />
            )}
          </li>
        ))}
      </ul>
      <p className="admin-pages">
        {later && (
          <a className="button" data-quiet href={mailsPath(locale, list)}>
            {t("first")}
          </a>
        )}
        {next && (
          <a className="button" data-quiet href={mailsPath(locale, list, next)}>
            {t("next")}
          </a>
        )}
      </p>
    </>
  );
}

const isResendable = ({ resendable }: FailedMailLine) => resendable === "yes";

function Line({ line, locale }: { line: FailedMailLine; locale: string }) {
  const t = useTranslations("mails");
  const { signature, kind, code, resentAt, at } = line;
  return (
    <>
      <div className="line">
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
        {(line.resendable === "over" || line.resendable === "suppressed") && t(`not.${line.resendable}`)}
      </p>
    </>
  );
}

/** The button that sends a mail again, or that lets its address have mail again first. */
function Act({ act, line, locale }: { act: "resend" | "allow-mail"; line: FailedMailLine; locale: string }) {
  const t = useTranslations("mails");
  const form = `${act}.${publicId(line.id)}`;
  const about = { message: t(`message.${line.message}`), name: line.signature?.name ?? "" };
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
        aria-label={t(`acts.${act}.${line.signature ? "named" : "of"}`, about)}
      >
        {t(`acts.${act}.button`)}
      </button>
    </Form>
  );
}

function ResendAll({ locale }: { locale: string }) {
  const t = useTranslations("mails.all");
  return (
    <Form
      id="resend-all"
      action={localePath(locale, "/admin/emails")}
      initial={formState("resend-all")}
      className="admin-buttons"
    >
      <button className="button" type="submit">
        {t("button")}
      </button>
      <p className="note">{t("hint")}</p>
    </Form>
  );
}
