/** What a signatory says of itself, as typed or as corrected. An individual's organisation fields are null, and so on. */
export type SignatoryFields = {
  name: string;
  /** The name of an individual as it is sorted, where that is another; absent where nothing was typed. */
  sortName?: string;
  title: string | null;
  position: string | null;
  affiliation: string | null;
  website: string | null;
  orcid: string | null;
  representativeName: string | null;
  representativeRole: string | null;
  /** Whether the representative's name may be shown; absent where it may not, or nobody asked. */
  representativePublic?: boolean;
};
