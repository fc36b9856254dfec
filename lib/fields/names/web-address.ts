// Every pattern looks at a fixed number of characters before its sign: long texts take no longer.
const SCHEME = /[a-z0-9]:\/\//u;
const WWW = /(?<![\p{L}\p{N}])www\./u;
const MAIL = /[^\s@]@[^\s@]+\.[^\s@]/u;

// Endings that nobody is called: Dev, Link, Biz and Edu are names, and "Dr.in" is a title in Austria.
const GENERIC = "com|net|org|info|gov|xyz|online|website|рф";
const NATIONAL =
  "ae|ar|at|au|be|br|by|ca|cc|ch|cl|cn|co|cz|de|dk|ee|eg|es|eu|fi|fr|gg|gl|gr|hk|hu|id|ie|il|io|ir|it|jp|kr|kz|ly|me|" +
  "mx|nl|no|nz|pk|pl|pt|ro|ru|sa|se|sg|sk|tk|to|tr|tv|tw|ua|uk|us|vn|za";
const PATH = new RegExp(`[\\p{L}\\p{N}]\\.(?:${GENERIC}|${NATIONAL})(?::\\d+)?/[^\\s/]`, "u");
const BARE = new RegExp(
  `[\\p{L}\\p{N}-][\\p{L}\\p{N}]\\.(?:${GENERIC}|(?:co|com|org|net|gov|ac)\\.[a-z]{2})(?![\\p{L}\\p{N}])`,
  "u",
);

/**
 * Whether a text holds something to go to or to write to: a scheme, `www.`, a domain with a path, a mail address, also
 * in full-width letters.
 * @param bare whether a domain alone counts too; some organisations are called by theirs, such as Change.org
 */
export function holdsWebAddress(text: string, bare: boolean): boolean {
  const plain = text.normalize("NFKC").toLowerCase();
  const patterns = [SCHEME, WWW, MAIL, PATH, ...(bare ? [BARE] : [])];
  return patterns.some((pattern) => pattern.test(plain));
}
