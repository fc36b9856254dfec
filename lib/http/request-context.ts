import { AsyncLocalStorage } from "node:async_hooks";
import { processWide } from "@/lib/process-wide";

/** Error codes by field name; the empty name is the form as a whole. */
export type FieldErrors = Record<string, string[]>;

/** What a visitor sent, in one form of a page. A checkbox that is off is absent. */
export type FormValues = Record<string, string>;

/** A form as it is shown again: which one of the page, what was typed, what is wrong with it. */
export type FormState = { id: string; values: FormValues; errors: FieldErrors };

/** What belongs to one request beside its address and headers. */
export type RequestContext = {
  /** The client's network, as `lib/http/client-address.ts` names it. */
  network?: string | null;
  /** When the request had arrived, as `performance.now()` says it: its deadlines count from then. */
  arrivedAt?: number;
  /** Whether only the head of the answer is asked for: the handler is asked as for GET. */
  headOnly?: boolean;
  /** A form to show again, where the visitor's browser runs no script. */
  form?: FormState;
  /** The status of a page that is not 200. */
  status?: number;
  /** Renders a page of this site for the same visitor: how a refused form is shown again. */
  renderPage?: (path: string, form: FormState) => Promise<Response>;
};

export const requestContext = processWide("request-context", () => new AsyncLocalStorage<RequestContext>());

/** Whether nobody wants what the answer holds: a file is then neither made nor noted as taken. */
export const isHeadOnly = (): boolean => requestContext.getStore()?.headOnly === true;

/** The network that the request comes from; null where there is no request, or nobody knows. */
export function clientNetwork(): string | null {
  return requestContext.getStore()?.network ?? null;
}
