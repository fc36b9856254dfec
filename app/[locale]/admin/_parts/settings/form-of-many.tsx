"use client";

import { useEffect, useRef } from "react";
import { Form, type FormProps } from "@/app/_forms/form";
import { postForm } from "@/app/_forms/post-form";

/**
 * One of several forms of a page, which somebody else may have saved meanwhile: then the server's own page shows both. Before
 * it is left with something typed in another form, the browser asks.
 */
export function FormOfMany(props: FormProps) {
  const sent = useRef(false);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (sent.current && isTypedBeside(props.id)) event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [props.id]);
  const send: typeof postForm = async (action, data) => {
    sent.current = true;
    const errors = await postForm(action, data);
    if (errors) sent.current = false;
    if (!errors?.[""]?.includes("siteChanged")) return errors;
    (document.getElementById(props.id) as HTMLFormElement).submit();
    return new Promise(() => {});
  };
  return <Form {...props} send={send} />;
}

const isTypedBeside = (id: string) =>
  [...document.querySelectorAll<HTMLFormElement>(`main form:not(#${CSS.escape(id)})`)].some((form) =>
    [...form.elements].some(isTyped),
  );

function isTyped(control: Element): boolean {
  if (control instanceof HTMLSelectElement)
    return [...control.options].some(
      (option) => option.selected !== option.defaultSelected && option.selected,
    );
  if (control instanceof HTMLTextAreaElement) return control.value !== control.defaultValue;
  if (!(control instanceof HTMLInputElement) || control.type === "hidden") return false;
  return control.checked !== control.defaultChecked || control.value !== control.defaultValue;
}
