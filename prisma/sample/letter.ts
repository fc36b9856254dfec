import type { NewLetter } from "@/lib/letters/publish-letter";

const body = `We write to you as organisations and as individuals who work to prevent genocide and other mass atrocities. We do not agree on everything. On this we do: what is being done to Uyghurs in East Turkistan, which the People’s Republic of China governs as the Xinjiang Uyghur Autonomous Region, has passed every threshold at which governments have promised to act.

## What we see

Year upon year of evidence, much of it from public records and from the state’s own documents, points to crimes against humanity, and to genocide:

- the arbitrary detention of very large numbers of people, without charge or trial;
- political indoctrination, inside the camps and far beyond them;
- enforced disappearances, and families who do not learn where their relatives are;
- the destruction of mosques, shrines, cemeteries and other places that hold a people’s memory;
- forced labour, in the region and in factories elsewhere to which workers have been moved;
- policies meant to lower birth rates, among them involuntary abortions and sterilisations.

The last of these is named in the law. Article II of the Convention on the Prevention and Punishment of the Crime of Genocide prohibits measures intended to prevent births within a group, where the intent is to destroy that group in whole or in part.

## What you have promised

In 1948 states undertook to prevent genocide as well as to punish it. In 2005 every member of the United Nations accepted that it has a responsibility to protect populations from genocide, war crimes, ethnic cleansing and crimes against humanity. Neither promise waits for a court to have spoken. The duty to prevent begins when the serious risk is known, and it is known.

Some of you hesitate over the word. We understand why, and we ask you not to let the question of the label decide the question of the response. Whatever name the law in the end gives to these acts, the people who suffer them need the same things from you now.

## What we ask

We call on every government to use the diplomatic, humanitarian and other peaceful means at its disposal, alone and together with others, to meet the commitments it has made. In particular:

1. Say in public what you know, and ask for independent and unhindered access to the region.
2. Protect those who have left: do not return people to a place where they face persecution, and act against the harassment of Uyghurs abroad.
3. See to it that your own trade, investment and procurement do not draw on forced labour.
4. Work through the United Nations and the regional organisations you belong to, so that no state can be singled out for having spoken.

We call on the Government of the United Kingdom to adopt a comprehensive strategy for the prevention of atrocities, so that the next warning does not again depend on who happens to be listening.

Those who survived earlier genocides were told that the world had not known. Nobody will be able to say so this time.`;

const standfirst =
  "Crimes against humanity and genocide are being committed against Uyghurs. We ask governments to do what they have already promised.";

/** The letter that a first start shows: written for this project, after facts of September 2020. */
export function sampleLetter(now: Date): NewLetter {
  const opened = new Date(now.getTime() - 3_600_000);
  return {
    slug: "uyghurs",
    organiserName: "Example Coalition for Atrocity Prevention",
    organiserUrl: "https://coalition.example.org/",
    locale: "en",
    featured: true,
    opensAt: opened,
    closesAt: null,
    texts: [
      {
        locale: "en",
        title: "Open Letter to Governments on Genocide Against Uyghurs in China",
        standfirst,
        recipients: "The governments of all states\nThe Government of the United Kingdom",
        body,
      },
    ],
    links: [
      {
        label:
          "The Convention on the Prevention and Punishment of the Crime of Genocide (United Nations, 1948)",
        url: "https://www.un.org/en/genocideprevention/genocide-convention.shtml",
      },
      {
        label: "The responsibility to protect (United Nations)",
        url: "https://www.un.org/en/genocideprevention/about-responsibility-to-protect.shtml",
      },
    ],
  };
}
