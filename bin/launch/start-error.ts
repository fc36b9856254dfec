/** A failure that the person who types the command can mend: one line, no stack trace. */
export class StartError extends Error {
  override name = "StartError";
}
