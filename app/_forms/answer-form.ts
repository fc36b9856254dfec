import { type FormActions, type FormOutcome, findAction } from "@/app/_forms/form-actions";
import { DomainError } from "@/lib/errors";
import { likelyAddress } from "@/lib/fields/addresses/likely";
import { ACT_MS, left, within } from "@/lib/http/deadline";
import { type FieldErrors, type FormValues, requestContext } from "@/lib/http/request-context";
import { log } from "@/lib/ops/log/log";
import { withMeant } from "@/lib/signatures/schemas";

/**
 * Answers a form that was posted. The server in front has checked Origin, size and content type. With JavaScript the
 * answer is JSON, `{redirect}` or `{errors}`; without, it is a redirect or the page again, with everything typed.
 * @param page path and query of the page that shows the form
 * @param forms the page's forms by their names, each with the act that parses the values and calls one verb; a DomainError
 * it throws becomes an error of the whole form, and anything else, slowness included, a 503: nothing was acknowledged, and
 * nothing that was typed is lost
 * @param ask makes what an act is asked with, of what was sent
 * @param unnamed the form that is meant by those who name none
 */
export async function answerForm<Asked extends unknown[]>(
  request: Request,
  page: string,
  forms: FormActions<Asked>,
  ask: (values: FormValues) => Asked,
  unnamed?: string,
): Promise<Response> {
  const wantsJson = request.headers.get("accept")?.includes("application/json") ?? false;
  const values = await readValues(request);
  if (!values) return refuse(page, {}, { "": ["invalid"] }, { wantsJson, status: 400 });
  const time = left(ACT_MS, requestContext.getStore()?.arrivedAt);
  let outcome: FormOutcome;
  try {
    const asked = ask(values);
    outcome = await within(time, findAction(forms, values.form ?? unnamed)(...asked));
  } catch (error) {
    outcome = refusal(error);
  }
  if ("redirect" in outcome) return wantsJson ? Response.json(outcome) : seeOther(outcome.redirect);
  if ("answer" in outcome && wantsJson) return Response.json(outcome);
  if ("shown" in outcome && outcome.shown) {
    const problems = "problems" in outcome ? outcome.problems : undefined;
    const shown = { ...outcome.shown, form: values.form ?? "" };
    return showAgain(page, shown, problems ?? {}, problems ? 422 : 200);
  }
  if ("answer" in outcome) return showAgain(page, values, { "": ["passkeyScript"] }, 422);
  if (!("errors" in outcome)) throw new Error("a form has no outcome");
  const { errors, status = 422, retryAfterSeconds = status === 503 ? 10 : undefined } = outcome;
  const answer = await refuse(page, outcome.values ?? values, errors, { wantsJson, status });
  if (retryAfterSeconds) answer.headers.set("retry-after", String(retryAfterSeconds));
  return answer;
}

async function refuse(
  page: string,
  values: FormValues,
  errors: FieldErrors,
  { wantsJson, status }: { wantsJson: boolean; status: number },
): Promise<Response> {
  return wantsJson ? Response.json({ errors }, { status }) : showAgain(page, values, errors, status);
}

export async function readValues(request: Request): Promise<FormValues | null> {
  const data = await request.formData().catch(() => null);
  if (!data) return null;
  const values: FormValues = {};
  for (const [name, value] of data) {
    if (typeof value !== "string") return null;
    values[name] ??= value;
  }
  return withMeant(values, likelyAddress);
}

function refusal(error: unknown): FormOutcome {
  if (error instanceof DomainError) return { errors: { "": [error.code] }, status: statusOf(error) };
  log.error("a form failed", error);
  return { errors: { "": ["server"] }, status: 503 };
}

const statusOf = ({ code }: DomainError) => (code === "not-found" ? 404 : code === "forbidden" ? 403 : 409);

function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location } });
}

async function showAgain(
  page: string,
  values: FormValues,
  errors: FieldErrors,
  status: number,
): Promise<Response> {
  const render = requestContext.getStore()?.renderPage;
  if (!render) throw new Error("a form was posted past the server that shows it again");
  const shown = await render(page, { id: values.form ?? "", values, errors });
  return new Response(shown.body, { status, headers: { "content-type": "text/html; charset=utf-8" } });
}
