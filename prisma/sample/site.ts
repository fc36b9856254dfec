import type { PartValues, SiteTexts } from "@/lib/site/rules";

const name = "Example Coalition for Atrocity Prevention";
const contact = "letters@coalition.example.org";

/** Who runs the sample's site: invented, as all of its signatories are. */
export const SAMPLE_ORGANISER: PartValues<"organiser"> = {
  organiserName: name,
  website: "https://coalition.example.org/",
  contact,
  postalAddress: "Example Coalition for Atrocity Prevention\n1 Example Street\nExampleton EX1 1EX",
  pressContact: "Robin Muster, press@coalition.example.org",
};

export const SAMPLE_TEXTS: SiteTexts = {
  locale: "en",
  imprint: "",
  privacy: `${name} is responsible for your data. Write to ${contact}.

We use your data to collect, check and count signatures for our open letters, and to tell you how your signature stands. We may do so because you agree to it when you sign.

You can withdraw at any time, without giving a reason. You can also complain to your data protection authority.`,
};
