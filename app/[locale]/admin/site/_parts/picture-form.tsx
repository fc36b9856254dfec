"use client";

import { Form, type FormProps } from "@/app/_forms/form";
import { FILE_TIMEOUT_MS, postForm } from "@/app/_forms/post-form";
import { SITE_LIMITS } from "@/lib/site/rules";

type Props = Omit<FormProps, "encType" | "send" | "className"> & { required: boolean };

/** A form with a picture in the field of its own name. What is too large is not sent first. */
export function PictureForm({ required, ...props }: Props) {
  const send: typeof postForm = async (action, data) => {
    const file = data.get(props.id);
    const size = file instanceof File ? file.size : 0;
    if (required && size === 0) return { [props.id]: ["required"] };
    if (size > SITE_LIMITS.logoBytes) return { [props.id]: ["tooBig"] };
    return postForm(action, data, FILE_TIMEOUT_MS);
  };
  return <Form {...props} className="form" encType="multipart/form-data" send={send} />;
}
