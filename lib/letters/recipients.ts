/**
 * Who a letter is written to, a line each. Many begin a line with the word that stands before them already.
 * @param label that word, in the letter's language
 */
export const recipientLines = (recipients: string, label: string): string[] =>
  recipients
    .split("\n")
    .map((line) => withoutLabel(line.trim(), label))
    .filter(Boolean);

function withoutLabel(line: string, label: string): string {
  const word = label.replace(/\s*[:：]$/u, "").toLowerCase();
  const rest = line.slice(word.length);
  return line.toLowerCase().startsWith(word) && /^\s*:?\s/u.test(rest)
    ? rest.replace(/^\s*:?\s+/u, "")
    : line;
}
