/**
 * What the page of a mailed link posts once all that waits there is ticked.
 * @param html the page
 * @returns null where nothing on it can be ticked
 */
export function ticked(html: string): Record<string, string> | null {
  const boxes = [...html.matchAll(/<input[^>]*\bname="(entry\.[^"]+)"[^>]*>/g)];
  const named = boxes.map(([tag, name = ""]) => [name, /\bvalue="(\d+)"/.exec(tag)?.[1] ?? ""]);
  return named.length > 0 ? { form: "confirm", ...Object.fromEntries(named) } : null;
}
