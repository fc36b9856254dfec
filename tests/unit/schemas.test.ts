import { describe, expect, it } from "vitest";
import { parsePasskeyName } from "@/lib/auth/passkeys/schemas";
import { LOCALES } from "@/lib/i18n/locales";
import { loadMessages, type MessageTree } from "@/lib/i18n/messages";
import { USUAL_RULES } from "@/lib/letters/settings/rules";
import { parseOrganisers } from "@/lib/letters/settings/schemas";
import { parseBlock } from "@/lib/moderation/blocklist/schemas";
import { parseWatchlistName } from "@/lib/moderation/watchlist/schemas";
import { FIELDS, LIMITS, parseEmail, parseSignature } from "@/lib/signatures/schemas";
import { SignatoryKind } from "@/prisma/generated/enums";

const ORGANISATION = {
  form: "sign",
  organisationName: "  Friends of  the Valley ",
  website: "valley.example",
  country: "GB",
  representativeName: "Ana Jose\u0301",
  representativeRole: "Director",
  email: " Ana@Valley.example ",
  authority: "on",
  visibility: "public",
  consent: "on",
};

const INDIVIDUAL = {
  fullName: "Ana José",
  country: "XK",
  email: "ana@valley.example",
  visibility: "withheld",
  consent: "on",
};

function errorsOf(kind: SignatoryKind, values: Record<string, unknown>) {
  const parsed = parseSignature(kind, values as Record<string, string>);
  return parsed.ok ? {} : parsed.errors;
}

describe("an address that looks like a slip", () => {
  it("is asked about in the browser too, until it is answered", () => {
    const typed = { ...INDIVIDUAL, fullName: "", email: "ana@gmial.com" };
    const others = { fullName: ["required"] };
    expect(errorsOf("INDIVIDUAL", typed)).toEqual({ ...others, email: ["meant:ana@gmail.com"] });
    expect(errorsOf("INDIVIDUAL", { ...typed, emailMeant: "ana@gmial.com" })).toEqual(others);
  });
});

describe("an organisation's signature", () => {
  it("is understood, trimmed and normalised", () => {
    const values = { ...ORGANISATION, updates: "on", comment: " one\r\ntwo " };
    expect(parseSignature("ORGANISATION", values)).toEqual({
      ok: true,
      data: {
        kind: "ORGANISATION",
        email: "Ana@Valley.example",
        country: "GB",
        visibility: "PUBLIC",
        updates: true,
        discreet: false,
        comment: "one\ntwo",
        signatory: {
          name: "Friends of the Valley",
          title: null,
          position: null,
          affiliation: null,
          website: "https://valley.example/",
          orcid: null,
          representativeName: "Ana José",
          representativeRole: "Director",
        },
      },
    });
  });

  it("names every required field that is missing, in the order of the page", () => {
    const required = [
      "organisationName",
      "website",
      "country",
      "representativeName",
      "representativeRole",
      "email",
      "authority",
      "visibility",
      "consent",
    ];
    const errors = Object.fromEntries(required.map((name) => [name, ["required"]]));
    expect(Object.entries(errorsOf("ORGANISATION", {}))).toEqual(Object.entries(errors));
    const blank = Object.fromEntries(FIELDS.ORGANISATION.map((name) => [name, " \t "]));
    expect(errorsOf("ORGANISATION", blank)).toEqual(errors);
  });
});

describe("an individual's signature", () => {
  it("is understood with nothing but what is required", () => {
    expect(parseSignature("INDIVIDUAL", INDIVIDUAL)).toEqual({
      ok: true,
      data: {
        kind: "INDIVIDUAL",
        email: "ana@valley.example",
        country: "XK",
        visibility: "WITHHELD",
        updates: false,
        discreet: false,
        comment: null,
        signatory: {
          name: "Ana José",
          title: null,
          position: null,
          affiliation: null,
          website: null,
          orcid: null,
          representativeName: null,
          representativeRole: null,
        },
      },
    });
  });

  it("is understood with all that it may say", () => {
    const more = {
      title: "Dr.in",
      position: "Reader\tin Law",
      affiliation: "350.org",
      orcid: "https://orcid.org/000000021825009 7",
      comment: "See https://valley.example",
    };
    const parsed = parseSignature("INDIVIDUAL", { ...INDIVIDUAL, ...more, orcid: "0000000218250097" });
    expect(parsed).toMatchObject({
      ok: true,
      data: {
        comment: "See https://valley.example",
        signatory: {
          title: "Dr.in",
          position: "Reader in Law",
          affiliation: "350.org",
          orcid: "0000-0002-1825-0097",
        },
      },
    });
  });

  it("names every required field that is missing, in the order of the page", () => {
    const required = ["fullName", "country", "email", "visibility", "consent"];
    expect(Object.keys(errorsOf("INDIVIDUAL", {}))).toEqual(required);
  });
});

describe("both", () => {
  it("report every error of every field", () => {
    const long = "x".repeat(400);
    const name = `\u0301\u202e${long} www.x.com`;
    expect(
      errorsOf("ORGANISATION", {
        organisationName: name,
        website: `ftp://${long}`,
        country: "UK",
        representativeName: name,
        representativeRole: name,
        email: `a b@${long}`,
        authority: "yes",
        visibility: "all",
        comment: `\u202e${"x".repeat(2_001)}`,
        consent: "true",
      }),
    ).toEqual({
      organisationName: [`tooLong:${LIMITS.organisationName}`, "characters", "marks", "webAddress"],
      website: [`tooLong:${LIMITS.website}`, "scheme"],
      country: ["unknown"],
      representativeName: [`tooLong:${LIMITS.representativeName}`, "characters", "marks", "webAddress"],
      representativeRole: [`tooLong:${LIMITS.representativeRole}`, "marks", "webAddress"],
      email: [`tooLong:${LIMITS.email}`, "characters", "domain"],
      authority: ["required"],
      visibility: ["required"],
      comment: [`tooLong:${LIMITS.comment}`],
      consent: ["required"],
    });
    expect(errorsOf("INDIVIDUAL", { ...INDIVIDUAL, orcid: "1" })).toEqual({ orcid: ["format"] });
    expect(errorsOf("INDIVIDUAL", { ...INDIVIDUAL, orcid: "0000-0002-1825-0090" })).toEqual({
      orcid: ["checksum"],
    });
  });

  it("hold each text to its limit, in characters as readers count them", () => {
    const fields = [
      "organisationName",
      "representativeName",
      "representativeRole",
      "fullName",
      "sortName",
      "title",
      "position",
      "affiliation",
      "comment",
    ] as const;
    for (const name of fields) {
      const kind = FIELDS.ORGANISATION.includes(name) ? "ORGANISATION" : "INDIVIDUAL";
      const values = kind === "ORGANISATION" ? ORGANISATION : INDIVIDUAL;
      expect(errorsOf(kind, { ...values, [name]: "𞤀".repeat(LIMITS[name]) })).toEqual({});
      expect(errorsOf(kind, { ...values, [name]: "𞤀".repeat(LIMITS[name] + 1) })).toEqual({
        [name]: [`tooLong:${LIMITS[name]}`],
      });
    }
    const site = (length: number) => ({ ...ORGANISATION, website: "https://a.example/".padEnd(length, "a") });
    expect(errorsOf("ORGANISATION", site(LIMITS.website))).toEqual({});
    expect(errorsOf("ORGANISATION", site(LIMITS.website + 1))).toEqual({
      website: [`tooLong:${LIMITS.website}`],
    });
  });

  it("take nothing but texts, and nothing that was not asked for", () => {
    for (const kind of Object.values(SignatoryKind)) {
      for (const value of [1, null, {}, [], ["on"], true]) {
        const values = Object.fromEntries(FIELDS[kind].map((name) => [name, value]));
        expect(Object.keys(errorsOf(kind, values))).toEqual(FIELDS[kind]);
      }
    }
    const forged = {
      ...INDIVIDUAL,
      state: "APPROVED",
      expert: "on",
      publishedAt: "now",
      representativeName: "x",
      website: "https://x.example",
      kind: "ORGANISATION",
    };
    expect(parseSignature("INDIVIDUAL", { ...INDIVIDUAL, updates: "yes" })).toEqual(
      parseSignature("INDIVIDUAL", INDIVIDUAL),
    );
    expect(parseSignature("INDIVIDUAL", forged)).toEqual(parseSignature("INDIVIDUAL", INDIVIDUAL));
  });

  it("ask for what the letter asks for", () => {
    const rules = {
      ...USUAL_RULES,
      websiteRequired: false,
      affiliationRequired: true,
      representativesShown: true,
    };
    const small = { ...ORGANISATION, website: " ", representativePublic: "on" };
    expect(parseSignature("ORGANISATION", small)).toMatchObject({ errors: { website: ["required"] } });
    expect(parseSignature("ORGANISATION", { ...small, website: "x y" }, rules)).toMatchObject({
      errors: { website: ["space"] },
    });
    expect(parseSignature("ORGANISATION", small, rules)).toMatchObject({
      data: { signatory: { website: null, representativePublic: true } },
    });
    const asked = parseSignature("ORGANISATION", { ...small, representativePublic: "" }, rules);
    expect(asked.ok && "representativePublic" in asked.data.signatory).toBe(false);
    const unasked = parseSignature("ORGANISATION", { ...ORGANISATION, representativePublic: "on" });
    expect(unasked.ok && "representativePublic" in unasked.data.signatory).toBe(false);
    expect(parseSignature("INDIVIDUAL", INDIVIDUAL, rules)).toEqual({
      ok: false,
      errors: { affiliation: ["required"] },
    });
    const only = (kind: "organisations" | "individuals") => ({ ...rules, [kind]: false });
    expect(parseSignature("ORGANISATION", small, only("organisations"))).toEqual({
      ok: false,
      errors: { "": ["individualsOnly"] },
    });
    expect(parseSignature("INDIVIDUAL", INDIVIDUAL, only("individuals"))).toEqual({
      ok: false,
      errors: { "": ["organisationsOnly"] },
    });
  });

  it("know what a name is sorted by only where somebody said so", () => {
    const sorted = parseSignature("INDIVIDUAL", { ...INDIVIDUAL, sortName: " Valley,  Ada " });
    expect(sorted.ok && sorted.data.signatory.sortName).toBe("Valley, Ada");
    const plain = parseSignature("INDIVIDUAL", { ...INDIVIDUAL, sortName: " " });
    expect(plain).toEqual(parseSignature("INDIVIDUAL", INDIVIDUAL));
    expect(plain.ok && "sortName" in plain.data.signatory).toBe(false);
  });

  it("read an address alone", () => {
    expect(parseEmail({ email: " a@b.example ", form: "resend" })).toEqual({
      ok: true,
      data: { email: "a@b.example" },
    });
    expect(parseEmail({})).toEqual({ ok: false, errors: { email: ["required"] } });
    expect(parseEmail({ email: "a" })).toEqual({ ok: false, errors: { email: ["at"] } });
  });
});

const LINE = ["tooLong", "characters", "marks", "letter", "webAddress"];

/** Every code that a field can answer with. */
const CODES: Record<string, string[]> = {
  organisationName: ["required", ...LINE],
  website: [
    ...["required", "tooLong", "mailAddress", "scheme", "slashes", "credentials", "number"],
    ...["space", "noDot", "format"],
  ],
  country: ["required", "unknown"],
  representativeName: ["required", ...LINE],
  representativeRole: ["required", ...LINE],
  fullName: ["required", ...LINE],
  sortName: LINE,
  title: ["required", ...LINE],
  position: LINE,
  affiliation: ["required", ...LINE],
  orcid: ["format", "checksum"],
  email: [
    "required",
    "tooLong",
    "characters",
    "at",
    "localPart",
    "domain",
    "oftenMoved",
    "sameAddress",
    "unsigned",
    "meant",
    "administrator",
  ],
  authority: ["required"],
  visibility: ["required"],
  comment: ["tooLong", "characters", "marks"],
  consent: ["required"],
  /** In lib/retention, and in lib/signatories/hiding. */
  recordMonths: ["range"],
  whose: ["required"],
  /** A rejection's, in lib/moderation, and a block rule's, in lib/moderation/blocklist. */
  reason: ["required", "unsaid"],
  /** The blocklist's, in lib/moderation/blocklist. */
  kind: ["required"],
  pattern: ["required", "format", "tooWide", "wholeDomain", "star", "taken"],
  /** The watchlist's, in lib/moderation/watchlist. */
  watchlistName: ["required", ...LINE, "taken"],
  note: LINE,
  passkeyName: ["required", "tooLong"],
  code: ["required", "wrong"],
  role: ["required"],
  reach: ["noLetterTicked", "ownerOfAll"],
  /** Of the filters of the queue, in lib/moderation/filters. */
  domains: ["format", "tooMany"],
  networks: ["format", "tooMany"],
  from: ["format"],
  until: ["format", "order"],
  text: ["required", "tooLong"],
  /** The form as a whole: from the browser, the server in front, and DomainError. */
  form: [
    ...["network", "server", "stale", "tooLarge", "unchecked"],
    ...[
      "otherAddress",
      "otherSite",
      "tooMany",
      "tooManyReports",
      "crowdedHours",
      "crowdedDays",
      "sameAsBefore",
    ],
    ...[
      "closed",
      "conflict",
      "not-found",
      "already-listed",
      "already-signed",
      "forbidden",
      "invalid",
      "signedOut",
    ],
    ...["last", "halfSignedIn", "not-confirmed", "passkeyScript"],
    ...["passkeyCancelled", "passkeyKnown", "passkeyUnsupported", "passkeyFailed"],
    ...["noFilter", "noLetter", "wrongFilters", "tooManyToRead"],
    ...["nothingChosen", "nothingMarkedYet", "tooManyChosen", "nothingTicked"],
    ...["savedByOther", "draftsChanged", "unchanged", "incomplete", "newerVersion"],
    ...["formChanged", "individualsOnly", "organisationsOnly", "full", "too-many"],
    ...["siteChanged", "siteIncomplete", "archived", "often-changed", "entryChanged", "sameEntry"],
    ...["nothingToExport", "nothingShown", "tooManyFiles", "confirmExport"],
  ],
  /** A letter's, in lib/letters. */
  slug: ["required", "format", "taken"],
  sure: ["required"],
  opensAt: ["format", "afterClosing"],
  closesAt: ["format", "past"],
  answerBy: ["required", "format", "range"],
  day: ["required", "format"],
  organisations: ["noKind"],
  questions: ["tooDeep", "tooManyLinks", "tooManyNotes"],
  namesShown: ["range"],
  otherOrganisers: ["tooMany", "line", "webAddress"],
  /** The site's, in lib/site. */
  organiserName: ["required"],
  contact: ["required", "format"],
  privacy: ["required"],
  accentHue: ["hue"],
  timeZone: ["unknown"],
  logoAlt: ["required"],
  logo: ["required", "tooBig", "type", "damaged", "pixels", "brokenOff"],
  listOrder: ["required"],
  body: ["tooDeep", "tooManyLinks", "tooManyNotes"],
  /** No field: what is said where an older version of the text was signed. */
  newer: ["text"],
  alt: ["required"],
  /** An export's, in lib/moderation/export. */
  "column-kind": ["noColumn"],
  picture: ["required", "tooLarge", "type", "damaged", "pixels", "broken", "tooMany"],
};

describe("a text that is too long", () => {
  const long = "x".repeat(3_000);

  it.each([
    ["watchlistName", parseWatchlistName({ watchlistName: long }), 200],
    ["note", parseWatchlistName({ watchlistName: "Ada", note: long }), 200],
    ["passkeyName", parsePasskeyName({ passkeyName: long }), 60],
    ["reason", parseBlock({ kind: "DOMAIN", pattern: "a.example", reason: long }), 1_000],
    ["email", parseEmail({ email: `a@${long}.example` }), 254],
  ])("is told how many characters there may be: %s", (name, parsed, max) => {
    const [code] = parsed.ok ? [] : (parsed.errors[name] ?? []);
    expect(code).toBe(`tooLong:${max}`);
  });
});

describe("the sentences", () => {
  it.each(LOCALES)("say in %s how to mend each error of each field, and of nothing else", (locale) => {
    const { summary, any, ...fields } = loadMessages(locale).errors;
    const codes = Object.entries(fields).map(([name, texts]) => [
      name,
      Object.keys(texts as MessageTree).sort(),
    ]);
    const expected = Object.entries(CODES).map(([name, known]) => [name, known.toSorted()]);
    expect(Object.fromEntries(codes)).toEqual(Object.fromEntries(expected));
    expect(summary).toContain("{count, plural");
    expect(Object.keys(any as MessageTree)).toEqual([
      "required",
      "tooLong",
      "characters",
      "lost",
      "marks",
      "letter",
      "webAddress",
      "format",
      "unknown",
    ]);
  });
});

describe("the names of organisers", () => {
  const typed = { organiserName: "Coalition", contact: "", senderName: "", otherOrganisers: "" };
  const errorsOf = (values: Partial<typeof typed>) => {
    const parsed = parseOrganisers({ ...typed, ...values });
    return parsed.ok ? {} : parsed.errors;
  };

  it("follow the rules of an organisation’s name", () => {
    const header = "Coalition\r\nBcc: eve@example.org";
    const wrong = ["characters", "webAddress"];
    expect(errorsOf({ organiserName: header })).toEqual({ organiserName: wrong });
    expect(errorsOf({ senderName: header })).toEqual({ senderName: wrong });
    expect(errorsOf({ otherOrganisers: "Second\nThird eve@example.org" })).toEqual({
      otherOrganisers: ["webAddress"],
    });
  });

  it("may have a website after another organiser’s", () => {
    expect(errorsOf({ otherOrganisers: "Second, Trust https://second.example" })).toEqual({});
  });
});
