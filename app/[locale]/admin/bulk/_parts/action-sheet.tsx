import { useTranslations } from "next-intl";
import { FormMessages } from "@/app/_components/form-messages";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { actionPath, signaturePath } from "@/app/[locale]/admin/_parts/paths";
import { When } from "@/app/[locale]/admin/_parts/when";
import { ActionProgress } from "@/app/[locale]/admin/bulk/_parts/action-progress";
import { FilterList } from "@/app/[locale]/admin/bulk/_parts/filter-list";
import { publicId } from "@/lib/http/public-ids";
import type { ActionDetail, LeftOut } from "@/lib/moderation/bulk/queries";

type Props = {
  act: ActionDetail;
  left: { some: LeftOut[]; more: number };
  mayUndo: boolean;
  locale: string;
};

export function ActionSheet({ act, left, mayUndo, locale }: Props) {
  const t = useTranslations("bulk");
  const path = actionPath(locale, act.id);
  return (
    <>
      <h1 className="admin-title">{t(`actionTitle.${act.operation}`, { count: act.total })}</h1>
      <FormMessages locale={locale} also={["bulk"]}>
        <ActionProgress initial={act.progress} path={path} />
      </FormMessages>
      <Outcome act={act} />
      <section aria-labelledby="about">
        <h2 id="about">{t("about")}</h2>
        {act.filters && <FilterList filters={act.filters} letter={act.letter.title} reason={act.reason} />}
      </section>
      {mayUndo && <UndoForm action={path} locale={locale} running={act.state === "RUNNING"} />}
      {left.some.length > 0 && <LeftOutList {...left} locale={locale} />}
    </>
  );
}

function Outcome({ act }: { act: ActionDetail }) {
  const t = useTranslations("bulk");
  const { DONE = 0, ...others } = act.items;
  const held = act.operation === "REJECT" ? act.held : 0;
  return (
    <ul className="rows">
      <li>
        {t.rich("runBy", {
          address: () => <bdi dir="ltr">{act.by}</bdi>,
          time: () => <When at={act.createdAt} />,
        })}
      </li>
      {act.undoneBy && (
        <li>
          {t.rich(act.undoneAt ? "undoneBy" : "undoingBy", {
            address: () => <bdi dir="ltr">{act.undoneBy}</bdi>,
            time: () => act.undoneAt && <When at={act.undoneAt} />,
          })}
        </li>
      )}
      {DONE > held && <li>{t(`outcome.DONE.${act.operation}`, { count: DONE - held })}</li>}
      {held > 0 && <li>{t("outcome.DONE.HOLD", { count: held })}</li>}
      {(["UNDONE", "KEPT", "SKIPPED", "STOPPED"] as const).map(
        (state) => others[state] && <li key={state}>{t(`outcome.${state}`, { count: others[state] })}</li>,
      )}
    </ul>
  );
}

function UndoForm({ action, locale, running }: { action: string; locale: string; running: boolean }) {
  const t = useTranslations("bulk");
  return (
    <section aria-labelledby="undo">
      <h2 id="undo">{t("undoTitle")}</h2>
      <p>{t("undoText")}</p>
      <FormMessages locale={locale}>
        <Form id="undo-action" action={action} initial={formState("undo-action")} className="admin-buttons">
          <button className="button" data-quiet type="submit">
            {t(running ? "stopAndUndo" : "undo")}
          </button>
        </Form>
      </FormMessages>
    </section>
  );
}

/** Which signatures an action or its undoing did not touch, and why. */
function LeftOutList({ some, more, locale }: Props["left"] & { locale: string }) {
  const t = useTranslations("bulk");
  return (
    <section aria-labelledby="left-out">
      <h2 id="left-out">{t("leftOut")}</h2>
      <ul className="rows">
        {some.map((one) => (
          <li key={publicId(one.signatureId)}>
            <Code one={one} locale={locale} /> {t(`why.${one.why}`)}
          </li>
        ))}
      </ul>
      {more > 0 && <p>{t("andMore", { count: more })}</p>}
    </section>
  );
}

function Code({ one: { signatureId, hasPage }, locale }: { one: LeftOut; locale: string }) {
  const code = <code dir="ltr">{publicId(signatureId).slice(-8)}</code>;
  return hasPage ? <a href={signaturePath(locale, signatureId)}>{code}</a> : code;
}
