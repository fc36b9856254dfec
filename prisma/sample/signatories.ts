/** Plainly invented signatories: no real person or organisation signed this text. */
type SampleOrganisation = { name: string; country: string; representative: string; role: string };
type SampleExpert = {
  name: string;
  title: string;
  position: string;
  affiliation: string;
  country: string;
};

const ROLES = ["Director", "Executive Director", "Chair of the Board", "Head of Policy"];

const NAMES: Record<string, string[]> = {
  GB: [
    "Example Centre for Atrocity Prevention",
    "Example Campaign for Uyghur Families",
    "Example Foundation for Peace",
    "Example Genocide Education Trust",
    "Example Human Rights Forum",
    "Example Interfaith Council",
    "Example Society of International Lawyers",
  ],
  US: [
    "Example Alliance Against Genocide",
    "Example Center for the Responsibility to Protect",
    "Example Early Warning Project",
    "Example Initiative for Justice",
    "Example Institute for Human Security",
    "Example Survivors’ Network",
  ],
  CA: [
    "Example Institute for Genocide Studies",
    "Example Rights Watch Canada",
    "Exemple Réseau pour la paix",
    "Example Uyghur Solidarity Society",
  ],
  DE: [
    "Beispiel Gesellschaft für Menschenrechte",
    "Beispiel Stiftung Erinnerung",
    "Beispiel Verein für Schutzverantwortung",
  ],
  AU: [
    "Example Advocacy Centre Melbourne",
    "Example Asia-Pacific Centre for Prevention",
    "Example Refugee Law Centre",
  ],
};

const PEOPLE = [
  "Alex Example",
  "Sam Sample",
  "Robin Muster",
  "Kim Specimen",
  "Jo Placeholder",
  "Chris Instance",
];

/** 23 organisations from 5 countries. */
export const SAMPLE_ORGANISATIONS: SampleOrganisation[] = Object.entries(NAMES)
  .flatMap(([country, names]) => names.map((name) => ({ name, country })))
  .map((organisation, place) => ({
    ...organisation,
    representative: PEOPLE[place % PEOPLE.length] ?? "Alex Example",
    role: ROLES[place % ROLES.length] ?? "Director",
  }));

const UNIVERSITIES: [affiliation: string, country: string][] = [
  ["University of Example", "GB"],
  ["Example State University", "US"],
  ["Example College of Law", "CA"],
  ["Beispiel-Universität", "DE"],
];
const POSITIONS = [
  "Professor of International Law",
  "Reader in Genocide Studies",
  "Senior Fellow in Human Rights",
  "Former Special Adviser on Prevention",
];
const FAMILY = [
  "Exampleton",
  "Sampleworth",
  "Beispiel",
  "Muestra",
  "Esempio",
  "Örnekoğlu",
  "Mithal",
  "Namuna",
  "Przykład",
  "Exemplaire",
  "Voorbeeld",
  "Eksempel",
  "Esimerkki",
  "Příkladová",
  "Mfano",
  "Ejemplo",
];
const GIVEN = ["Ada", "Ben", "Carla", "David", "Elif", "Farid", "Grace", "Hanna"];

/** 16 experts. */
export const SAMPLE_EXPERTS: SampleExpert[] = FAMILY.map((family, place) => {
  const [affiliation, country] = UNIVERSITIES[place % UNIVERSITIES.length] ?? ["University of Example", "GB"];
  return {
    name: `${GIVEN[place % GIVEN.length]} ${family}`,
    title: place % 3 === 0 ? "Prof." : "Dr",
    position: POSITIONS[place % POSITIONS.length] ?? "",
    affiliation,
    country,
  };
});
