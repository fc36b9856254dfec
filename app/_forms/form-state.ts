import { type FormState, requestContext } from "@/lib/http/request-context";

/** The state of a form that is shown again after it was sent without JavaScript; undefined for a fresh one. */
export function formState(id: string): FormState | undefined {
  const form = requestContext.getStore()?.form;
  return form?.id === id ? form : undefined;
}

/** Sets the status of the page that is being rendered. */
export function answerWithStatus(status: number): void {
  const context = requestContext.getStore();
  if (context && !context.form) context.status = status;
}
