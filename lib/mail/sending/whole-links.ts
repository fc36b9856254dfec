/** With its quotes a link fits on a line of quoted-printable up to here. */
const LONGEST = 72;

type Bodies = { html: string; text: string };

/**
 * Prepares the bodies of a mail so that no line of the encoded mail ends inside a link: some mail programs and many
 * people take the rest for text. Each link gets a line of its own; where that is too short for one, base64 knows no
 * lines.
 */
export function withWholeLinks({
  html,
  text,
}: Bodies): Bodies & { textEncoding: "quoted-printable" | "base64" } {
  const links = text.match(/https?:\/\/\S+/g) ?? [];
  const fits = links.every((link) => quotedLength(link) <= LONGEST);
  const apart = html
    .replace(/ href="(https?:[^"]*)"/g, '\nhref=\n"$1"\n')
    .replace(/>(https?:[^<\s]*)</g, ">\n$1\n<");
  // The encoder counts anew only after CRLF.
  const lines = (body: string) => body.replace(/\r?\n/g, "\r\n");
  return { html: lines(apart), text: lines(text), textEncoding: fits ? "quoted-printable" : "base64" };
}

const quotedLength = (link: string) => Buffer.byteLength(link.replace(/=|[^\x20-\x7e]/g, "=3D"));
