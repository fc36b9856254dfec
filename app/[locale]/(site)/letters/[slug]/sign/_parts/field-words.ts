export function fieldWords(t: (key: string) => string, field: string): { label: string; hint: string } {
  return { label: t(`fields.${field}.label`), hint: t(`fields.${field}.hint`) };
}
