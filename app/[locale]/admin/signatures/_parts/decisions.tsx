import { useTranslations } from "next-intl";
import { TextAreaField } from "@/app/_components/fields/text-area-field";
import { FormMessages } from "@/app/_components/form-messages";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { CorrectionFields } from "@/app/[locale]/admin/signatures/_parts/correction-fields";
import type { ModerationAction } from "@/lib/moderation/rules";
import type { SignatureDetail } from "@/lib/moderation/signature-detail";

type Props = {
  signature: SignatureDetail;
  /** What the letter calls an expert, where it has a word of its own. */
  own: string | null;
  action: string;
  locale: string;
};

/** What is not done each day: behind one more press. */
const RARE: ModerationAction[] = ["markExpert", "unmarkExpert", "correct", "hide", "withdraw"];

/** The forms with which a moderator acts on a signature: those that are possible as it stands and with their role. */
export function Decisions({ signature, own, action, locale }: Props) {
  const t = useTranslations("admin.acts");
  const can = (act: ModerationAction) => signature.acts.includes(act);
  const form = { signature, action };
  const words = (key: string) => (own ? t(`own.${key}`, { own }) : t(key));
  if (signature.acts.length === 0) return null;
  return (
    <>
      <p className="note case-hints">
        {can("approveAsExpert") && <span id="expert-hint">{t("expertHint")}</span>}{" "}
        {can("release") && <span id="release-hint">{t("releaseHint")}</span>}{" "}
        {can("hold") && <span id="hold-hint">{t("holdHint")}</span>} {t("mails")}
      </p>
      <FormMessages locale={locale}>
        <section aria-labelledby="decide" className="decide">
          <h2 id="decide" className="visually-hidden">
            {t("title")}
          </h2>
          {can("approve") && (
            <Approve {...form} expert={can("approveAsExpert") ? words("approveAsExpert") : null} />
          )}
          {can("reject") && <Reject {...form} />}
          {can("release") && <Hold {...form} act="release" />}
          {can("hold") && <Hold {...form} act="hold" />}
          {RARE.some(can) && (
            <details name="decide" open={RARE.some((act) => formState(act))}>
              <summary>{t("more")}</summary>
              <div className="panel decide-more">
                {can("markExpert") && <Expert {...form} act="markExpert" words={words("markExpert")} />}
                {can("unmarkExpert") && <Expert {...form} act="unmarkExpert" words={words("unmarkExpert")} />}
                {can("correct") && <Correct {...form} locale={locale} />}
                {can("hide") && <ForThem {...form} act="hide" />}
                {can("withdraw") && <ForThem {...form} act="withdraw" />}
              </div>
            </details>
          )}
        </section>
      </FormMessages>
    </>
  );
}

type FormProps = { signature: SignatureDetail; action: string };

/** Says what the moderator saw, so that nobody decides on something newer. */
export function Seen({ signature }: { signature: SignatureDetail }) {
  return (
    <>
      <input type="hidden" name="state" value={signature.state} />
      <input type="hidden" name="revision" value={signature.revision} />
    </>
  );
}

function Approve({ signature, action, expert }: FormProps & { expert: string | null }) {
  const t = useTranslations("admin.acts");
  return (
    <Form id="approve" action={action} initial={formState("approve")} className="admin-buttons">
      <Seen signature={signature} />
      <button className="button" type="submit">
        {t("approve")}
      </button>
      {expert && (
        <button
          className="button"
          data-quiet
          type="submit"
          name="as"
          value="expert"
          aria-describedby="expert-hint"
        >
          {expert}
        </button>
      )}
    </Form>
  );
}

function Hold({ signature, action, act }: FormProps & { act: "hold" | "release" }) {
  const t = useTranslations("admin.acts");
  return (
    <Form id={act} action={action} initial={formState(act)} className="admin-buttons">
      <Seen signature={signature} />
      <button className="button" data-quiet type="submit" aria-describedby={`${act}-hint`}>
        {t(act)}
      </button>
    </Form>
  );
}

type ExpertProps = FormProps & { act: "markExpert" | "unmarkExpert"; words: string };

function Expert({ signature, action, act, words }: ExpertProps) {
  return (
    <Form id={act} action={action} initial={formState(act)} className="admin-buttons">
      <Seen signature={signature} />
      <button className="button" data-quiet type="submit">
        {words}
      </button>
    </Form>
  );
}

function Reject({ signature, action }: FormProps) {
  const t = useTranslations("admin.acts");
  const sent = formState("reject");
  return (
    <details open={Boolean(sent)} name="decide" className="decide-reject">
      <summary>{t(signature.state === "APPROVED" ? "rejectApproved" : "reject")}</summary>
      <Form id="reject" action={action} initial={sent} className="form">
        <Seen signature={signature} />
        <TextAreaField name="reason" label={t("rejectReason")} hint={t("rejectHint")} />
        <button className="button" data-quiet type="submit">
          {t("rejectSubmit")}
        </button>
      </Form>
    </details>
  );
}

/** What a signatory has written and asked for; they can do it themselves by their link. */
function ForThem({ signature, action, act }: FormProps & { act: "hide" | "withdraw" }) {
  const t = useTranslations("admin.acts");
  const sent = formState(act);
  return (
    <details open={Boolean(sent)} name="decide-more">
      <summary>{t(`${act}.title`)}</summary>
      <Form id={act} action={action} initial={sent} className="form">
        <Seen signature={signature} />
        <p className="hint">{t(`${act}.hint`)}</p>
        <button className="button" data-quiet type="submit">
          {t(`${act}.submit`)}
        </button>
      </Form>
    </details>
  );
}

function Correct({ signature, action, locale }: FormProps & { locale: string }) {
  const t = useTranslations("admin.acts");
  const sent = formState("correct");
  return (
    <details open={Boolean(sent)} name="decide-more">
      <summary>{t("correct")}</summary>
      <Form id="correct" action={action} initial={sent} className="form">
        <Seen signature={signature} />
        <p className="hint">{t("correctHint")}</p>
        <CorrectionFields signature={signature} locale={locale} />
        <button className="button" data-quiet type="submit">
          {t("correctSubmit")}
        </button>
      </Form>
    </details>
  );
}
