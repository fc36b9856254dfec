import { useTranslations } from "next-intl";
import { When } from "@/app/_components/admin/when";
import { ActProgress } from "@/app/_components/bulk/act-progress";
import { ConditionsList } from "@/app/_components/bulk/conditions-list";
import { LeftOutList } from "@/app/_components/bulk/left-out-list";
import { actPath } from "@/app/_components/bulk/paths";
import { UndoForm } from "@/app/_components/bulk/undo-form";
import { FormMessages } from "@/app/_components/form-messages";
import type { LeftOut } from "@/lib/bulk/left-out";
import type { ActDetail } from "@/lib/bulk/queries";

type Props = {
  act: ActDetail;
  left: { some: LeftOut[]; more: number };
  mayUndo: boolean;
  locale: string;
};

/** One bulk act: how far it is, what it was about, what it did, and its undoing. */
export function ActSheet({ act, left, mayUndo, locale }: Props) {
  const t = useTranslations("bulk");
  const path = actPath(locale, act.id);
  return (
    <>
      <h1 className="admin-title">{t("actTitle", { count: act.total })}</h1>
      <FormMessages locale={locale} also={["bulk"]}>
        <ActProgress initial={act.progress} path={path} />
      </FormMessages>
      <Outcome act={act} />
      <section aria-labelledby="about">
        <h2 id="about">{t("about")}</h2>
        {act.conditions && (
          <ConditionsList conditions={act.conditions} letter={act.letter.title} reason={act.reason} />
        )}
      </section>
      {mayUndo && <UndoForm action={path} locale={locale} running={act.state === "RUNNING"} />}
      {left.some.length > 0 && <LeftOutList {...left} locale={locale} />}
    </>
  );
}

function Outcome({ act }: { act: ActDetail }) {
  const t = useTranslations("bulk");
  const { DONE = 0, SKIPPED = 0, STOPPED = 0, UNDONE = 0, KEPT = 0 } = act.items;
  return (
    <ul className="admin-evidence">
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
      {DONE > 0 && <li>{t("outcome.DONE", { count: DONE })}</li>}
      {UNDONE > 0 && <li>{t("outcome.UNDONE", { count: UNDONE })}</li>}
      {KEPT > 0 && <li>{t("outcome.KEPT", { count: KEPT })}</li>}
      {SKIPPED > 0 && <li>{t("outcome.SKIPPED", { count: SKIPPED })}</li>}
      {STOPPED > 0 && <li>{t("outcome.STOPPED", { count: STOPPED })}</li>}
    </ul>
  );
}
