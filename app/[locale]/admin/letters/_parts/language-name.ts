/** A language's name in another; its code where nobody knows it. */
export function languageName(language: string, locale: string): string {
  return new Intl.DisplayNames(locale, { type: "language" }).of(language) ?? language;
}
