"use client";

import { useContext, useEffect, useRef } from "react";
import { FormContext } from "@/app/_forms/use-field";

/**
 * Names the form that was shown. Where the organiser has changed it since, it is sent once more without the script: the
 * answer is the form as it is now, with everything that was typed.
 */
export function ShownForm({ mark }: { mark: string }) {
  const { errors } = useContext(FormContext);
  const input = useRef<HTMLInputElement>(null);
  // Those of a page that the server shows again are the answer already.
  const first = useRef(errors);
  const changed = errors !== first.current && errors[""]?.includes("formChanged");
  useEffect(() => {
    const form = input.current?.form;
    if (!changed || !form) return;
    // Nobody agrees to what they have not seen, and the tab may have kept the tick.
    const consent = form.elements.namedItem("consent");
    if (consent instanceof HTMLInputElement) {
      consent.checked = false;
      consent.dispatchEvent(new Event("change", { bubbles: true }));
    }
    form.submit();
  }, [changed]);
  return <input ref={input} type="hidden" name="formMark" value={mark} />;
}
