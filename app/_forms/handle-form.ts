import { answerForm } from "@/app/_forms/answer-form";
import type { FormActions } from "@/app/_forms/form-actions";
import type { FormValues } from "@/lib/http/request-context";

/**
 * Answers a form that anybody may post. The contract of the public's forms has no field that names the form: anyone who
 * leaves it out means the first.
 */
export function handleForm(
  request: Request,
  page: string,
  forms: FormActions<[FormValues]>,
): Promise<Response> {
  const [first] = Object.keys(forms);
  return answerForm<[FormValues]>(request, page, forms, (values) => [values], first);
}
