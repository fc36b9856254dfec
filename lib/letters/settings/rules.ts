/** Who may sign a letter, and what its form asks for. */
export type SigningRules = {
  organisations: boolean;
  individuals: boolean;
  websiteRequired: boolean;
  affiliationRequired: boolean;
  /** Whether representatives are asked if their name may be shown. */
  representativesShown: boolean;
  /** Whether the form proposes emails that name neither letter nor organiser. */
  discreetByDefault: boolean;
};

/** Those of a letter whose organiser has changed nothing. */
export const USUAL_RULES: SigningRules = {
  organisations: true,
  individuals: true,
  websiteRequired: true,
  affiliationRequired: false,
  representativesShown: false,
  discreetByDefault: false,
};

/** The rules as a letter's row has them. */
export const signingRules = (letter: {
  organisationsSign: boolean;
  individualsSign: boolean;
  websiteRequired: boolean;
  affiliationRequired: boolean;
  representativesShown: boolean;
  discreetByDefault: boolean;
}): SigningRules => ({
  organisations: letter.organisationsSign,
  individuals: letter.individualsSign,
  websiteRequired: letter.websiteRequired,
  affiliationRequired: letter.affiliationRequired,
  representativesShown: letter.representativesShown,
  discreetByDefault: letter.discreetByDefault,
});

export type As = "organisation" | "individual";

/** Which kinds may sign, in the order of the page. */
export const kindsOf = ({ organisations, individuals }: SigningRules): As[] => [
  ...(organisations ? (["organisation"] as const) : []),
  ...(individuals ? (["individual"] as const) : []),
];

export const SETTING_LIMITS = {
  /** How many names of each group a letter's page can show. */
  namesShown: 500,
  /** How many signatories can be named first. */
  pinned: 6,
  consentLine: 500,
  expertForm: 60,
  expertNote: 500,
  questions: 20_000,
  otherOrganisers: 6,
  senderName: 100,
} as const;
