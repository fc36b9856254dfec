import { useTranslations } from "next-intl";
import { TextField } from "@/app/_components/fields/text-field";
import { FormMessages } from "@/app/_components/form-messages";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { When } from "@/app/[locale]/admin/_parts/when";
import { Seen } from "@/app/[locale]/admin/signatures/_parts/decisions";
import { publicId } from "@/lib/http/public-ids";
import type { SignatureDetail } from "@/lib/moderation/signature-detail";

type Props = { signature: SignatureDetail; action: string; locale: string };

/** Another address that a signature is to have: what a moderator decides about, or begins for who lost the old mailbox. */
export function AddressMove({ signature, action, locale }: Props) {
  const t = useTranslations("admin.move");
  const { move, acts, email } = signature;
  if (!move) return acts.length > 0 && <StartMove {...{ signature, action, locale }} />;
  const [approve, refuse] = ["approve-move", "refuse-move"].map((name) => `${name}.${publicId(move.id)}`);
  const addresses = { from: () => <bdi dir="ltr">{email}</bdi>, to: () => <bdi dir="ltr">{move.to}</bdi> };
  return (
    <section aria-labelledby="move" className="case-warnings">
      <h2 id="move">{t("title")}</h2>
      <p>{t.rich(move.lost ? "lost" : move.agreed ? "text" : "unagreed", addresses)}</p>
      {!move.agreed && <p>{t.rich("from", { time: () => <When at={move.decidableAt} /> })}</p>}
      {acts.length > 0 && approve && refuse && (
        <FormMessages locale={locale}>
          {move.decidable && (
            <Form id={approve} action={action} initial={formState(approve)} className="admin-buttons">
              <Seen signature={signature} />
              <button className="button" type="submit">
                {t("approve")}
              </button>
            </Form>
          )}
          <Form id={refuse} action={action} initial={formState(refuse)} className="admin-buttons">
            <Seen signature={signature} />
            <button className="button" data-quiet type="submit">
              {t("refuse")}
            </button>
          </Form>
        </FormMessages>
      )}
    </section>
  );
}

function StartMove({ signature, action, locale }: Props) {
  const t = useTranslations("admin.move");
  const sent = formState("start-move");
  return (
    <FormMessages locale={locale}>
      <details open={Boolean(sent)}>
        <summary>{t("start")}</summary>
        <Form id="start-move" action={action} initial={sent} className="form">
          <Seen signature={signature} />
          <p className="hint">{t("startHint")}</p>
          <TextField
            name="email"
            label={t("email")}
            type="email"
            dir="ltr"
            autoComplete="off"
            width="medium"
          />
          <button className="button" data-quiet type="submit">
            {t("startSubmit")}
          </button>
        </Form>
      </details>
    </FormMessages>
  );
}
