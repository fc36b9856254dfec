"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { ErrorSummary } from "@/app/_forms/error-summary";
import { OtherAddress } from "@/app/_forms/other-address";
import { postForm } from "@/app/_forms/post-form";
import { FormContext } from "@/app/_forms/use-field";
import type { FieldErrors, FormState, FormValues } from "@/lib/http/request-context";

export type FormProps = {
  /** Which form of the page this is; sent as the hidden field `form`. */
  id: string;
  /** Path and query that the form is posted to. */
  action: string;
  /** The form as it was sent before, when the page is shown again. */
  initial?: FormState;
  /** The server's own rules, run before sending, so that mistakes show at once. */
  check?: (values: FormValues) => Promise<FieldErrors>;
  /** How it is sent; see `postForm`. */
  send?: typeof postForm;
  children: ReactNode;
  className?: string;
  /** For long texts: other encodings make three bytes of most. */
  encType?: "multipart/form-data";
  /** Where the answer opens without a script. */
  target?: "_blank";
  /** Some browsers put what was typed into a page that is loaded anew, whatever it holds by then. */
  autoComplete?: "off";
};

/**
 * Has the page's title say that there are mistakes: it is the first thing read aloud. The server may have said so. React puts
 * its own title back where it takes over the head after a quick click.
 */
function useErrorTitle(hasErrors: boolean): void {
  const t = useTranslations("site.form");
  useEffect(() => {
    if (!hasErrors) return;
    const prefix = t("errorTitle", { title: "" });
    const say = () => {
      if (!document.title.startsWith(prefix)) document.title = prefix + document.title;
    };
    say();
    const observer = new MutationObserver(say);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => {
      observer.disconnect();
      // Another form, or another page, may have taken it off already.
      if (document.title.startsWith(prefix)) document.title = document.title.slice(prefix.length);
    };
  }, [hasErrors, t]);
}

/**
 * React gives a text area that the server filled its first text again when it takes the page over. This
 * puts back what somebody typed before.
 */
function useEarlyText(id: string): void {
  const [typed] = useState(() => {
    const form = typeof document === "undefined" ? null : document.getElementById(id);
    const boxes = [...(form?.querySelectorAll("textarea") ?? [])];
    return boxes.flatMap((box) => (box.value === box.defaultValue ? [] : [{ box, value: box.value }]));
  });
  useLayoutEffect(() => {
    for (const { box, value } of typed) box.value = value;
  }, [typed]);
}

/**
 * A form that works the same without JavaScript. With it, the page is not reloaded: what was typed stays, the summary
 * of errors takes focus, a second click sends nothing.
 */
export function Form({
  id,
  action,
  initial,
  check,
  send = postForm,
  children,
  className,
  ...attributes
}: FormProps) {
  const [state, setState] = useState<FormState>(initial ?? { id, values: {}, errors: {} });
  const [sending, setSending] = useState(false);
  const busy = useRef(false);
  const summary = useRef<HTMLDivElement>(null);
  useEarlyText(id);

  useEffect(() => {
    if (Object.keys(state.errors).length > 0) summary.current?.focus();
  }, [state]);
  useErrorTitle(Object.keys(state.errors).length > 0);

  useEffect(() => {
    // The Back button restores the page as it was left: while sending.
    const restore = () => {
      busy.current = false;
      setSending(false);
    };
    window.addEventListener("pageshow", restore);
    return () => window.removeEventListener("pageshow", restore);
  }, []);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy.current) return;
    const form = event.currentTarget;
    const submitter = (event.nativeEvent as SubmitEvent).submitter;
    const data = new FormData(form, submitter);
    const values = Object.fromEntries([...data].map(([name, value]) => [name, String(value)]));
    busy.current = true;
    const mistakes = check ? await check(values) : {};
    if (Object.keys(mistakes).length > 0) {
      busy.current = false;
      return setState({ id, values, errors: mistakes });
    }
    setSending(true);
    const errors = await send(action, data);
    // Anyone who uses this device next must not find by the Back button what was sent.
    if (!errors) return form.reset();
    busy.current = false;
    setSending(false);
    setState({ id, values, errors });
  }

  return (
    <FormContext value={state}>
      <form
        id={id}
        method="post"
        action={action}
        {...attributes}
        onSubmit={submit}
        noValidate
        aria-busy={sending}
        className={className}
      >
        <OtherAddress />
        <ErrorSummary ref={summary} form={id} errors={state.errors} />
        <input type="hidden" name="form" value={id} />
        {children}
      </form>
    </FormContext>
  );
}
