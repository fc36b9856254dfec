import { useTranslations } from "next-intl";
import { type Action, SHORTCUTS } from "@/app/[locale]/admin/letters/_parts/editor/actions";

const ACTIONS = Object.keys(SHORTCUTS) as Action[];

/** What can be done to the text by a button; each has a key, too. A picture has a form of its own. */
export function Toolbar({ run }: { run: (action: Action) => void }) {
  const t = useTranslations("letters.toolbar");
  return (
    <fieldset className="letter-toolbar">
      <legend className="visually-hidden">{t("label")}</legend>
      {ACTIONS.map((action) => (
        <button
          key={action}
          type="button"
          data-action={action}
          title={t("hint", {
            action: t(action),
            keys: SHORTCUTS[action].replace("Mod", "Ctrl").replaceAll("-", "+"),
          })}
          aria-keyshortcuts={SHORTCUTS[action].replace("Mod", "Control").replaceAll("-", "+")}
          // The text keeps its selection.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => run(action)}
        >
          {t(action)}
        </button>
      ))}
      <button type="button" onClick={openPictureForm}>
        {t("picture")}
      </button>
    </fieldset>
  );
}

function openPictureForm(): void {
  const form = document.getElementById("picture");
  const around = form?.closest("details");
  if (around) around.open = true;
  form?.querySelector<HTMLInputElement>("input[type=file]")?.focus();
}
