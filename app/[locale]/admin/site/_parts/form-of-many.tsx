"use client";

import { Form, type FormProps } from "@/app/_forms/form";
import { postForm } from "@/app/_forms/post-form";

/** A form that somebody else may have saved meanwhile: then the server's own page shows both. */
export function FormOfMany(props: FormProps) {
  const send: typeof postForm = async (action, data) => {
    const errors = await postForm(action, data);
    if (!errors?.[""]?.includes("siteChanged")) return errors;
    (document.getElementById(props.id) as HTMLFormElement).submit();
    return new Promise(() => {});
  };
  return <Form {...props} send={send} />;
}
