"use client";

import { useTranslations } from "next-intl";
import { type RefObject, useEffect, useRef, useState } from "react";
import { controlAttributes, FieldFrame } from "@/app/_components/fields/field-frame";
import { useField } from "@/app/_forms/use-field";
import type { BodyEditor } from "@/app/[locale]/admin/letters/_parts/editor/body-editor";
import { Toolbar } from "@/app/[locale]/admin/letters/_parts/editor/toolbar";

/** Puts Markdown into the body, where the caret is. */
export type Insert = (markdown: string) => void;

type Props = { text: string; insert: RefObject<Insert | null>; lang: string; dir: "ltr" | "rtl" };

/**
 * The body of a letter: a plain field, over which an editor opens where a script runs. What is sent is always the field's,
 * character by character what was typed.
 */
export function BodyField({ text, insert, lang, dir }: Props) {
  const t = useTranslations("letters.text");
  const field = useField("body");
  const input = useRef<HTMLTextAreaElement>(null);
  const [editor, setEditor] = useState<BodyEditor | null>(null);
  const [leftOut, setLeftOut] = useState(0);
  const label = t("body");

  useEffect(() => {
    const textarea = input.current;
    if (!textarea) return;
    let made: BodyEditor | undefined;
    let gone = false;
    insert.current = (markdown) => {
      if (made) made.insert(markdown);
      else textarea.setRangeText(markdown, textarea.selectionStart, textarea.selectionEnd, "end");
      if (!made) textarea.dispatchEvent(new Event("input", { bubbles: true }));
    };
    // Without it the plain field stays, which is all that is needed.
    import("@/app/[locale]/admin/letters/_parts/editor/body-editor").then(
      ({ editBody }) => {
        if (gone) return;
        made = editBody(textarea, label, setLeftOut);
        setEditor(made);
      },
      () => {},
    );
    return () => {
      gone = true;
      made?.close();
      setEditor(null);
    };
  }, [insert, label]);

  const described = field.describedBy(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the field's description is what has changed
  useEffect(() => editor?.refresh(), [editor, described]);

  return (
    <FieldFrame field={field} label={label} hint={t("bodyHint")}>
      {editor && <Toolbar run={editor.run} />}
      <textarea
        ref={input}
        className="input"
        data-width="long"
        lang={lang}
        dir={dir}
        rows={22}
        spellCheck
        defaultValue={field.sent ? field.value : text}
        {...controlAttributes(field, true)}
      />
      <p className="note" aria-live="polite">
        {leftOut > 0 && t("leftOut", { count: leftOut })}
      </p>
    </FieldFrame>
  );
}
