import { type FormState, requestContext } from "@/lib/http/request-context";

/**
 * The state of a form that is shown again after it was sent without JavaScript; undefined for a fresh one. Anyone who
 * posts without saying which form of the page it was means the one that is there.
 */
export function formState(id: string): FormState | undefined {
  const form = requestContext.getStore()?.form;
  return form && (form.id === id || form.id === "") ? { ...form, id } : undefined;
}

/** Whether the page is shown again because of a form that was sent: what was offered then is offered still. */
export const isShownAgain = () => requestContext.getStore()?.form !== undefined;

/** Sets the status of the page that is being rendered. */
export function answerWithStatus(status: number): void {
  const context = requestContext.getStore();
  if (context && !context.form) context.status = status;
}
