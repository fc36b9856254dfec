/** Who publishes a letter. */
export type Organiser = { name: string; url: string | null };

type Row = { organiserName: string; organiserUrl?: string | null; otherOrganisers: unknown };

/** All organisers of a letter, in their order. */
export const organisersOf = ({ organiserName, organiserUrl = null, otherOrganisers }: Row): Organiser[] => [
  { name: organiserName, url: organiserUrl },
  ...(Array.isArray(otherOrganisers) ? (otherOrganisers as Organiser[]) : []),
];

/** Their names, as a sentence lists them. */
export const organiserNames = (organisers: Organiser[], locale: string) =>
  new Intl.ListFormat(locale, { type: "conjunction" }).format(organisers.map(({ name }) => name));
