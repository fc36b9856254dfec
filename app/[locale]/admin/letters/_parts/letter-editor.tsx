"use client";

import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";
import { TextAreaField } from "@/app/_components/fields/text-area-field";
import { Form } from "@/app/_forms/form";
import { useErrorTexts } from "@/app/_forms/use-field";
import { BodyField, type Insert } from "@/app/[locale]/admin/letters/_parts/editor/body-field";
import { PictureForm } from "@/app/[locale]/admin/letters/_parts/picture-form";
import { Preview } from "@/app/[locale]/admin/letters/_parts/preview";
import { type Links, PreviewLinks } from "@/app/[locale]/admin/letters/_parts/preview-links";
import { UnshownParts } from "@/app/[locale]/admin/letters/_parts/unshown-parts";
import { type Rendered, type SavingState, useSaving } from "@/app/[locale]/admin/letters/_parts/use-saving";
import type { FormState } from "@/lib/http/request-context";
import type { ShownLink } from "@/lib/letters/previews/rules";
import type { LetterTexts } from "@/lib/letters/rules";

type Props = {
  action: string;
  initial?: FormState;
  text: LetterTexts;
  revision: number;
  language: string;
  dir: "ltr" | "rtl";
  /** The body as readers would see it. */
  shown: Rendered;
  links: ShownLink[];
  /** Where pictures are sent. */
  pictures: string;
  /** How the text stood when the page was made. */
  children: ReactNode;
};

/**
 * The fields of a letter's text with its preview. Without a script there are buttons for both; with one the preview
 * follows and the draft is saved by itself.
 */
export function LetterEditor({ action, initial, text, revision, language, dir, ...props }: Props) {
  const t = useTranslations("letters.text");
  const written = { lang: language, dir };
  const typed = initial?.values ?? text;
  const { title = "", standfirst = "", recipients = "" } = typed;
  const [shown, setShown] = useState({ title, standfirst, recipients, ...props.shown });
  const [links, setLinks] = useState<Links>({ links: props.links, made: initial?.values.made });
  const insert = useRef<Insert>(null);
  const onShow = (form: FormData, rendered?: Rendered) => {
    const value = (name: string) => String(form.get(name) ?? "");
    const lines = { title: value("title"), standfirst: value("standfirst"), recipients: value("recipients") };
    setShown((before) => ({ ...before, ...lines, ...rendered }));
  };
  const { state, send, input } = useSaving(action, onShow, setLinks);
  return (
    <div className="letter-write">
      <div ref={input}>
        <Form
          id="text"
          action={action}
          initial={initial}
          send={send}
          className="form"
          encType="multipart/form-data"
          autoComplete="off"
        >
          <input type="hidden" name="revision" value={state.revision ?? revision} />
          <div className="letter-fields">
            <TextAreaField
              name="title"
              label={t("letterTitle")}
              oneLine
              {...written}
              defaultValue={text.title}
            />
            <TextAreaField
              name="standfirst"
              label={t("standfirst")}
              hint={t("standfirstHint")}
              rows={3}
              {...written}
              defaultValue={text.standfirst}
            />
            <TextAreaField
              name="recipients"
              label={t("recipients")}
              hint={t("recipientsHint")}
              rows={2}
              {...written}
              defaultValue={text.recipients}
            />
            <BodyField text={text.body} insert={insert} {...written} />
            <UnshownParts unshown={shown.unshown} />
          </div>
          <div className="form-end">
            <div className="letter-buttons">
              <button className="button" type="submit" name="step" value="save">
                {t("save")}
              </button>
              <button className="button" data-quiet type="submit" name="step" value="publish">
                {t("publish")}
              </button>
              {!state.live && (
                <button className="admin-link" type="submit" name="step" value="preview">
                  {t("preview")}
                </button>
              )}
              <SaveState state={state} />
            </div>
            {props.children}
            <PreviewLinks {...links} />
          </div>
        </Form>
        <PictureForm action={props.pictures} onAdded={(markdown) => insert.current?.(markdown)} />
      </div>
      <Preview text={shown} language={language} />
    </div>
  );
}

function SaveState({ state: { live, is, savedAt, codes } }: { state: SavingState }) {
  const t = useTranslations("letters.text");
  const texts = useErrorTexts();
  const locale = useLocale();
  if (!live) return null;
  const time =
    savedAt &&
    new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(savedAt);
  return (
    <div role="status">
      {is === "saving" && <p className="note">{t("saving")}</p>}
      {is === "saved" && time && <p className="note">{t("saved", { time })}</p>}
      {is === "unsaved" && <p className="note">{t("unsaved")}</p>}
      {is === "refused" && texts("", codes).map((text) => <p key={text}>{text}</p>)}
    </div>
  );
}
