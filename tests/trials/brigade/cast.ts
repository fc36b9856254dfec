import { disposableEmailBlocklist } from "disposable-email-domains-js";
import { REAL_NAMES } from "../../fixtures/names";

/** One who signs, and how. */
export type Signer = {
  bot: boolean;
  /** The kind of bot, or of person. */
  kind: string;
  name: string;
  email: string;
  /** The organisation that it signs for, if it does. */
  organisation?: { name: string; website: string };
  /** Where it connects from. */
  address: string;
  /** Whether its browser, or its program, does the proof of work when it is asked to. */
  proves: boolean;
};

/** Names on the watchlist of the letter. */
export const WATCHED = ["Celebrity Exampleson", "Minister Mustermann", "Sir Sample Testerton"];

/** A domain that the blocklist names. */
export const BLOCKED_DOMAIN = "spam-collective.example.com";

/** What bots call themselves: made of the same few parts, in one script, as their makers do. */
const GIVEN =
  "Alan Beth Carl Dora Egon Fran Gina Hugo Ivan Jane Kurt Lena Mark Nora Otto Petra Ralf Sara Tom Uta".split(
    " ",
  );
const FAMILY =
  "Archer Baker Cooper Draper Ember Fisher Glover Hunter Irving Jagger Keeler Leader Mercer Napper Oakley Potter".split(
    " ",
  );
const botName = (place: number) =>
  `${GIVEN[place % GIVEN.length]} ${FAMILY[(place * 7) % FAMILY.length]}${["", "son", "man", "field"][place % 4]}`;

const THROWAWAY = disposableEmailBlocklist()
  .filter((domain) => /^[a-z]{5,12}\.(com|net|org)$/.test(domain))
  .slice(100, 120);
const FREE = ["gmail.com", "outlook.com", "yahoo.com", "gmx.net"];

const at = <T>(list: readonly T[], place: number) => list[place % list.length] as T;

/** An address that nobody else of the cast has. */
const ownAddress = (place: number) => `10.${(place >> 16) & 255}.${(place >> 8) & 255}.${place & 255}`;

type Troop = {
  kind: string;
  share: number;
  make: (place: number) => Omit<Signer, "bot" | "kind" | "name"> & { name?: string };
};

/** The bots by kind: shares of 5,000. */
const TROOPS: Troop[] = [
  {
    kind: "hosted: 19 servers' addresses, throwaway mailboxes, scripts",
    share: 1_900,
    make: (place) => ({
      email: `h${place}@${at(THROWAWAY, place)}`,
      address: `203.0.113.${place % 19}`,
      proves: false,
    }),
  },
  {
    kind: "rotating: 5 IPv6 networks, a new address in them each time, own domains, scripts",
    share: 500,
    make: (place) => ({
      email: `r${place}@rotating-${place % 5}.example`,
      address: `2001:db8:${(place % 5) + 1}:7::${(place + 1).toString(16)}`,
      proves: false,
    }),
  },
  {
    kind: "scattered: a network each, mailboxes at 15 domains of their own, scripts",
    share: 1_950,
    make: (place) => ({
      email: `s${place}@scattered-${place % 15}.example`,
      address: ownAddress(place + 1_000_000),
      proves: false,
    }),
  },
  {
    kind: "scattered: a network each, free mail, scripts",
    share: 300,
    make: (place) => ({
      email: `f${place}@${at(FREE, place)}`,
      address: ownAddress(place + 2_000_000),
      proves: false,
    }),
  },
  {
    kind: "impersonators: names of the watch list, a network each, free mail, browsers",
    share: 60,
    make: (place) => ({
      name: at(WATCHED, place).replace("Example", ["Example", "Exampel", "Éxample"][place % 3] ?? ""),
      email: `i${place}@${at(FREE, place)}`,
      address: ownAddress(place + 3_000_000),
      proves: true,
    }),
  },
  {
    kind: "false organisations: free mail, a network each, browsers",
    share: 80,
    make: (place) => ({
      email: `o${place}@${at(FREE, place)}`,
      organisation: {
        name: `Grand Union of ${botName(place)} No. ${place}`,
        website: `https://grand-union-${place}.example/`,
      },
      address: ownAddress(place + 4_000_000),
      proves: true,
    }),
  },
  {
    kind: "blocked: a domain of the block list, a network each, scripts",
    share: 200,
    make: (place) => ({
      email: `b${place}@${BLOCKED_DOMAIN}`,
      address: ownAddress(place + 5_000_000),
      proves: false,
    }),
  },
  {
    kind: "patient: a network each, free mail, browsers: as people sign",
    share: 10,
    make: (place) => ({
      email: `p${place}@${at(FREE, place)}`,
      address: ownAddress(place + 6_000_000),
      proves: true,
    }),
  },
];

const PLACES =
  "harbour meadow lighthouse orchard quarry riverbank sawmill terrace upland village windmill yew abbey brook cliff dune estuary fjord".split(
    " ",
  );
const personAt = (place: number) => at(REAL_NAMES, place * 61).name;

/** Genuine signers by kind: shares of 200. */
const PEOPLE: Troop[] = [
  {
    kind: "at universities and associations, browsers",
    share: 120,
    make: (place) => ({
      email: `g${place}@university-${place >> 1}.example`,
      address: ownAddress(place + 7_000_000),
      proves: true,
    }),
  },
  {
    kind: "with free mail, browsers",
    share: 30,
    make: (place) => ({
      email: `genuine${place}@${at(FREE, place)}`,
      address: ownAddress(place + 8_000_000),
      proves: true,
    }),
  },
  {
    kind: "on one campus network, browsers",
    share: 20,
    make: (place) => ({ email: `c${place}@campus.example.edu`, address: "198.51.100.7", proves: true }),
  },
  {
    kind: "organisations, browsers",
    share: 18,
    make: (place) => ({
      email: `office@${at(PLACES, place)}-society.example`,
      organisation: {
        name: `${at(PLACES, place)} Society`,
        website: `https://${at(PLACES, place)}-society.example/`,
      },
      address: ownAddress(place + 9_000_000),
      proves: true,
    }),
  },
  {
    kind: "without JavaScript, at domains of their own",
    share: 12,
    make: (place) => ({
      email: `n${place}@own-${place}.example`,
      address: ownAddress(place + 10_000_000),
      proves: false,
    }),
  },
];

function enrol(troops: Troop[], bot: boolean, scale: number): Signer[] {
  return troops.flatMap(({ kind, share, make }, troop) =>
    Array.from({ length: Math.max(1, Math.round(share * scale)) }, (_, place) => {
      const name = bot ? botName(place * 31 + troop) : personAt(place * 8 + troop);
      return { bot, kind, name, ...make(place) };
    }),
  );
}

/** All who sign, in a random order that is the same each time. @param scale of 5,000 bots and 200 people */
export function castOf(scale: number): Signer[] {
  const all = [...enrol(TROOPS, true, scale), ...enrol(PEOPLE, false, scale)];
  let seed = 42;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648;
  };
  for (let place = all.length - 1; place > 0; place--) {
    const other = Math.floor(random() * (place + 1));
    [all[place], all[other]] = [all[other] as Signer, all[place] as Signer];
  }
  return all;
}
