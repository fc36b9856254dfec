/** What stands in a form's field for a file that did not arrive whole. */
export const BROKEN_OFF = "broken off";

/** A form with a file, taken in two: the file, and the form as any other one. */
export type Received = { file: Uint8Array | null; form: Request };

/**
 * Reads a form that brings a file.
 * @param field the file's; the form's own field of that name then is empty, or says that it broke off
 */
export async function receiveFile(request: Request, field: string): Promise<Received> {
  const { url, headers } = request;
  const values = new URLSearchParams();
  let file: Uint8Array | null = null;
  try {
    for (const [name, value] of await request.formData()) {
      if (typeof value === "string") values.append(name, value);
      else if (name === field && value.size > 0) file = new Uint8Array(await value.arrayBuffer());
    }
  } catch {
    values.set("form", field);
    values.set(field, BROKEN_OFF);
  }
  const accept = headers.get("accept") ?? "";
  return { file, form: new Request(url, { method: "POST", body: values, headers: { accept } }) };
}
