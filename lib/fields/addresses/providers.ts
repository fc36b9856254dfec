/** A provider that delivers several spellings of an address into one mailbox. */
type Provider = {
  domains: readonly string[];
  /** The domain that stands for all of them, where one name is one mailbox at each. */
  home?: string;
  /** The name that stands for its other spellings. */
  spelling?: (name: string) => string;
};

const FASTMAIL =
  /^([^.]+)\.((?:fastmail\.(?:com|fm|net|org|us|co\.uk|de|es|in|jp|mx|nl|se|to|uk)|sent\.com))$/;

/**
 * What the large providers document of their aliases; sub-addresses after "+" are cut for everybody elsewhere.
 * - Gmail: dots do not matter, googlemail.com is gmail.com, https://support.google.com/mail/answer/7436150
 * - iCloud: one name, one person at the three domains, https://support.apple.com/118230
 * - Proton: one name, one account at its domains, https://proton.me/support/addresses-and-aliases; dots, hyphens and
 *   underscores do not matter, `canonicalizeInternalEmail` in https://github.com/ProtonMail/WebClients
 * - Yandex: one mailbox at all its domains, https://yandex.com/support/domain/additional/mailbox-alias.xml; dots and
 *   hyphens in a name are interchangeable
 * - Yahoo: disposable addresses are `base-keyword`, and no name holds a hyphen, https://help.yahoo.com/kb/SLN28815.html;
 *   Yahoo! Japan is another company with other rules
 * Outlook, Hotmail and Live have nothing beyond "+", and their domains are mailboxes apart.
 */
const PROVIDERS: readonly Provider[] = [
  {
    domains: ["gmail.com", "googlemail.com"],
    home: "gmail.com",
    spelling: (name) => name.replaceAll(".", ""),
  },
  { domains: ["icloud.com", "me.com", "mac.com"], home: "icloud.com" },
  {
    domains: ["proton.me", "protonmail.com", "protonmail.ch", "pm.me"],
    home: "proton.me",
    spelling: (name) => name.replace(/[._-]/g, ""),
  },
  {
    domains: [
      "yandex.ru",
      "ya.ru",
      "yandex.com",
      "yandex.by",
      "yandex.kz",
      "yandex.ua",
      "yandex.com.tr",
      "narod.ru",
    ],
    home: "yandex.ru",
    spelling: (name) => name.replaceAll(".", "-"),
  },
  {
    domains: [
      "com",
      "ca",
      "co.uk",
      "de",
      "fr",
      "in",
      "it",
      "es",
      "ie",
      "com.au",
      "com.br",
      "com.mx",
      "co.in",
      "co.id",
    ]
      .map((ending) => `yahoo.${ending}`)
      .concat("ymail.com", "rocketmail.com", "myyahoo.com"),
    spelling: (name) => cutAt("-", name),
  },
];

const BY_DOMAIN = new Map(
  PROVIDERS.flatMap((provider) => provider.domains.map((domain) => [domain, provider] as const)),
);

/** Whether a provider documents which spellings of its addresses are one mailbox, at a domain in ASCII. */
export const isDocumented = (domain: string) => BY_DOMAIN.has(domain);

/** What stands before a sign; the whole text where that would be nothing. */
export function cutAt(sign: string, text: string): string {
  const at = text.indexOf(sign);
  return at > 0 ? text.slice(0, at) : text;
}

/**
 * The one spelling of a mailbox's address at the providers known here; others stay as they are.
 * Fastmail also delivers `anything@name.fastmail.com` to `name@fastmail.com`,
 * https://www.fastmail.help/hc/en-us/articles/360060591053.
 * @param name the local part, case folded, without its sub-address
 * @param domain in ASCII and lower case
 */
export function mailboxOf(name: string, domain: string): string {
  const [, user, fastmail] = FASTMAIL.exec(domain) ?? [];
  if (user && fastmail) return `${user}@${fastmail}`;
  const provider = BY_DOMAIN.get(domain);
  return `${provider?.spelling?.(name) || name}@${provider?.home ?? domain}`;
}
