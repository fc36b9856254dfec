import { useTranslations } from "next-intl";
import { RadioGroup } from "@/app/_components/fields/radio-group";
import { TextAreaField } from "@/app/_components/fields/text-area-field";
import { TextField } from "@/app/_components/fields/text-field";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { ListEntry, RemoveForm } from "@/app/[locale]/admin/_parts/list-entry";
import { publicId } from "@/lib/http/public-ids";
import { localePath } from "@/lib/i18n/locales";
import type { BlockPreview } from "@/lib/moderation/blocklist/preview-block";
import type { BlockListLine } from "@/lib/moderation/blocklist/queries";
import { isRetired } from "@/lib/moderation/blocklist/rules";
import type { AskedBlock } from "@/lib/moderation/blocklist/schemas";

type Props = { rules: BlockListLine[]; locale: string; edits: boolean };

/** The rules of the blocklist, newest first, each with who made it, when and why. */
export function BlockRules({ rules, locale, edits }: Props) {
  const t = useTranslations("lists.blocks");
  const action = localePath(locale, "/admin/protection/blocklist");
  return (
    <section aria-labelledby="rules">
      <h2 id="rules">{t("rules")}</h2>
      {rules.length === 0 && <p>{t("none")}</p>}
      <ul className="rows">
        {rules.map(({ id, kind, pattern, reason, by, createdAt }) => (
          <ListEntry key={publicId(id)} list="blocks" by={by} createdAt={createdAt} text={reason}>
            {t(`kind.${kind}`)}{" "}
            <strong>
              <bdi dir="ltr">{pattern}</bdi>
            </strong>
            {isRetired({ kind, pattern }) && <strong className="notice">{t("retired")}</strong>}
            {edits && (
              <RemoveForm action={action} id={id} words={t("remove")} label={t("removeNamed", { pattern })} />
            )}
          </ListEntry>
        ))}
      </ul>
      {edits && rules.length > 0 && <p className="note">{t("removeHint")}</p>}
    </section>
  );
}

const KINDS = ["DOMAIN", "ADDRESS", "NETWORK"] as const;

/** A rule that was asked for and is not added yet: somebody should look again. */
type Asked = { block: AskedBlock; preview: BlockPreview; fingerprint: string };

/** The form that adds a rule; with one that is still to be confirmed, what it would put on hold. */
export function AddBlockForm({ locale, asked }: { locale: string; asked?: Asked }) {
  const t = useTranslations("lists.blocks");
  const choices = KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }));
  const { kind = "DOMAIN", pattern, reason } = asked?.block ?? {};
  return (
    <section aria-labelledby="add">
      <h2 id="add">{t("add")}</h2>
      {asked && <Warning asked={asked} />}
      <Form
        id="add-block"
        action={localePath(locale, "/admin/protection/blocklist")}
        initial={formState("add-block")}
        className="form"
      >
        {asked && <input type="hidden" name="confirmed" value={asked.fingerprint} />}
        <RadioGroup name="kind" label={t("what")} choices={choices} defaultValue={kind} />
        <TextField
          name="pattern"
          label={t("pattern")}
          hint={t("patternHint")}
          dir="ltr"
          width="medium"
          autoComplete="off"
          spellCheck={false}
          defaultValue={pattern}
        />
        <TextAreaField
          name="reason"
          label={t("reason")}
          hint={t("reasonHint")}
          rows={2}
          defaultValue={reason}
        />
        <button className="button" type="submit">
          {t(asked ? "confirm.submit" : "submit")}
        </button>
      </Form>
    </section>
  );
}

function Warning({ asked: { block, preview } }: { asked: Asked }) {
  const t = useTranslations("lists.blocks.confirm");
  const pattern = () => <bdi dir="ltr">{block.pattern}</bdi>;
  return (
    <div className="notice" role="status">
      <p>
        <strong>{t.rich("names", { count: preview.waiting ?? 0, pattern })}</strong>
      </p>
      {preview.freeMail && <p>{t("freeMail")}</p>}
      <p>{t("nothingYet")}</p>
    </div>
  );
}
