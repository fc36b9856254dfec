/** What a signatory says of itself, as typed or as corrected. An individual's organisation fields are null, and so on. */
export type SignatoryFields = {
  name: string;
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
