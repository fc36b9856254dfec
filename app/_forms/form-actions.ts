import { DomainError } from "@/lib/errors";
import { readPublicId } from "@/lib/http/public-ids";
import type { FieldErrors, FormValues } from "@/lib/http/request-context";

/** What became of a form: where to go on, or what to mend (error codes by field name). */
export type FormOutcome =
  | { redirect: string }
  /**
   * What the page's script asked for. `shown` is for those who have none; `problems` is what is wrong with
   * what they typed.
   */
  | { answer: unknown; shown?: FormValues; problems?: FieldErrors }
  /** The page once more, with something that is shown this once and kept nowhere. */
  | { shown: FormValues }
  | {
      errors: FieldErrors;
      status?: 403 | 404 | 409 | 410 | 422 | 429 | 503;
      retryAfterSeconds?: number;
      /** What the form holds then, where that is not what was typed. */
      values?: FormValues;
    };

/**
 * The forms of a page by the names that they are posted with, each with its act. A form that a page has once for each of
 * many things is posted as `name.ID`; its act stands under `each` and gets the id. Handlers write this literally, so that
 * the access matrix's test reads every form out of the source.
 */
export type FormActions<Asked extends unknown[]> = Record<
  string,
  | ((...asked: Asked) => Promise<FormOutcome>)
  | { each: (id: string, ...asked: Asked) => Promise<FormOutcome> }
>;

/**
 * What the posted form stands for. On a page with one form nobody has to say which.
 * @throws DomainError `invalid` where the page has no such form
 */
export function findAction<Asked extends unknown[]>(
  forms: FormActions<Asked>,
  posted: string | undefined,
): (...asked: Asked) => Promise<FormOutcome> {
  const { name, id } = readName(posted ?? onlyName(forms));
  const act = Object.hasOwn(forms, name) ? forms[name] : undefined;
  if (typeof act === "function" && id === undefined) return act;
  if (typeof act === "object" && id !== undefined) return (...asked) => act.each(readPublicId(id), ...asked);
  throw new DomainError("invalid");
}

function onlyName(forms: object): string {
  const [name = "", ...others] = Object.keys(forms);
  return others.length === 0 ? name : "";
}

function readName(posted: string): { name: string; id?: string } {
  const dot = posted.indexOf(".");
  return dot < 0 ? { name: posted } : { name: posted.slice(0, dot), id: posted.slice(dot + 1) };
}
