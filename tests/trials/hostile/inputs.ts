import type { Sent } from "./send";
import { generated, marked, NAUGHTY } from "./strings";
import { type FormTarget, HEADERS } from "./targets";

/** One hostile request, and what it is. */
export type Input = Sent & { what: string };

export type Plan = {
  forms: FormTarget[];
  addresses: { path: string; admin: boolean }[];
  origin: string;
  cookie: string;
  random: () => number;
};

const JSON_ANSWER = { accept: "application/json" };

/** As long as a marked text may be for a search to show it whole; some grow when they are decoded. */
const WHOLE = 90;

/** A text with its marks, shortened so that both of them are shown. */
function markedWhole(text: string): string {
  const letters = [...text].slice(0, WHOLE);
  while (marked(letters.join("")).normalize("NFC").length > WHOLE) letters.pop();
  return marked(letters.join(""));
}

/** A text in an address as a browser writes it; a lone surrogate as the bytes that it would have. */
function inAddress(text: string): string {
  return encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, "\0lone\0")).replaceAll(
    "%00lone%00",
    "%ED%A0%80",
  );
}

/** The same as a careless program writes it: its bytes, without those that an HTTP client refuses to send. */
const asBytes = (text: string) =>
  Buffer.from(text, "utf8")
    .toString("latin1")
    .replace(/[^\x21-\x7e\x80-\xff]|#/g, "");

/** A text as the value of a header: its bytes, without control characters. */
const inHeader = (text: string) =>
  Buffer.from(text, "utf8")
    .toString("latin1")
    .replace(/[^\x20-\x7e\x80-\xff]/g, "");

function form({ origin, cookie }: Plan, { path, admin }: FormTarget, body: string, html: boolean): Sent {
  const headers = {
    origin,
    "content-type": "application/x-www-form-urlencoded",
    ...(html ? {} : JSON_ANSWER),
    ...(admin ? { cookie } : {}),
  };
  return { method: "POST", path, headers, body: Buffer.from(body) };
}

const encoded = (values: Record<string, string>) =>
  Object.entries(values)
    .map(([name, value]) => `${inAddress(name)}=${inAddress(value)}`)
    .join("&");

const addressOf = (email: string, number: number) =>
  email ? `h${number % 500}@hostile-${number % 97}.example` : "";

/** A form with one field hostile. The address, where it is another's turn, changes: rows are not all the same one. */
function withHostile(
  plan: Plan,
  target: FormTarget,
  field: string,
  text: string,
  number: number,
  html = false,
): Input {
  const values = { ...target.values };
  if (values.email && field !== "email") values.email = addressOf(values.email, number);
  values[field] = text;
  return { ...form(plan, target, encoded(values), html), what: `form ${target.path} ${field}` };
}

/** Every naughty string in every field of every form: as JSON, and of public forms some as the page shown again. */
export function* listedInForms(plan: Plan): Generator<Input> {
  let number = 0;
  for (const target of plan.forms) {
    for (const field of Object.keys(target.values)) {
      for (const text of NAUGHTY) {
        number += 1;
        yield withHostile(plan, target, field, text, number);
        if (number % 8 === 0) yield withHostile(plan, target, field, marked(text), number, true);
      }
    }
  }
}

/** Every naughty string in every place of every address. */
export function* listedInAddresses(plan: Plan): Generator<Input> {
  for (const { path, admin } of plan.addresses) {
    const headers = admin ? { cookie: plan.cookie } : {};
    for (const [place, text] of NAUGHTY.entries()) {
      const found = markedWhole(text);
      // As bytes, a text with an ampersand ends there, without its second mark.
      const bytes = asBytes(text.includes("&") ? text : found);
      const value = place % 3 === 2 ? bytes : inAddress(place % 3 ? found : text);
      const values = found === marked(text) ? [value] : [value, inAddress(text)];
      for (const one of values)
        yield { method: "GET", path: path.replaceAll("*", one), headers, what: `address ${path}` };
    }
  }
}

/** Every naughty string in every header, in turn of a page, of the JSON and of a form. */
export function* listedInHeaders(plan: Plan): Generator<Input> {
  const gets = [
    "/letters/uyghurs",
    "/letters/uyghurs/sign?as=individual",
    "/api/v1/letters/uyghurs",
    "/admin",
  ];
  let number = 0;
  for (const name of HEADERS) {
    for (const text of NAUGHTY) {
      number += 1;
      const headers = { [name]: inHeader(text) };
      const path = gets[number % gets.length] ?? "/";
      yield number % 5 === 0
        ? {
            method: "POST",
            path: "/admin/sign-in",
            headers: { origin: plan.origin, ...headers },
            body: Buffer.from("email="),
            what: `header ${name}`,
          }
        : { method: "GET", path, headers, what: `header ${name}` };
    }
  }
}

/** Bodies that are no forms, or not quite. */
export function malformedBody(plan: Plan): Input {
  const { random, origin } = plan;
  const text = generated(random).slice(0, 3_000);
  const kinds: [string, () => string][] = [
    ["application/x-www-form-urlencoded", () => text],
    ["application/x-www-form-urlencoded", () => "&=&;%=%zz%&%E0%A4%A&a=%ff&&".repeat(20) + text],
    ["application/x-www-form-urlencoded; charset=utf-16", () => text],
    ["application/x-www-form-urlencoded", () => `${"a=b&".repeat(5_000)}fullName=${inAddress(text)}`],
    [
      "application/x-www-form-urlencoded",
      () => `__proto__=x&constructor=x&fullName[]=x&fullName[a][b]=${inAddress(text)}`,
    ],
    ["multipart/form-data", () => text],
    ["multipart/form-data; boundary=", () => text],
    [
      "multipart/form-data; boundary=x",
      () => `--x\r\nContent-Disposition: form-data; name="fullName"\r\n\r\n${text}`,
    ],
    [
      "multipart/form-data; boundary=x",
      () => `--x\r\nContent-Disposition: form-data; name="${text}"\r\n\r\nv\r\n--x--\r\n`,
    ],
    [
      "multipart/form-data; boundary=x",
      () =>
        `--x\r\nContent-Disposition: form-data; name="email"; filename="${text}"\r\nContent-Type: ${text}\r\n\r\nv\r\n--x--\r\n`,
    ],
    [
      "multipart/form-data; boundary=x",
      () => '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n'.repeat(900),
    ],
    [`multipart/form-data; boundary=${inHeader(text).slice(0, 60).replace(/[^\w]/g, "y")}`, () => text],
  ];
  const [type, make] = kinds[Math.floor(random() * kinds.length)] ?? ["", () => ""];
  const target = plan.forms[Math.floor(random() * 6)] as FormTarget;
  const headers = { origin, "content-type": type, ...(random() < 0.7 ? JSON_ANSWER : {}) };
  return {
    method: "POST",
    path: target.path,
    headers,
    body: Buffer.from(make()).subarray(0, 65_536),
    what: `body ${type.slice(0, 40)}`,
  };
}

/** A generated text somewhere: in a field, in an address, in a header, or as a body. */
export function generatedInput(plan: Plan, number: number): Input {
  const { random } = plan;
  const text = generated(random);
  const choice = random();
  if (choice < 0.08) return malformedBody(plan);
  if (choice < 0.2) {
    const { path, admin } = plan.addresses[Math.floor(random() * plan.addresses.length)] ?? {
      path: "/*",
      admin: false,
    };
    const value = (random() < 0.5 ? inAddress(text) : asBytes(text)).slice(0, 7_000);
    return {
      method: "GET",
      path: path.replaceAll("*", value),
      headers: admin ? { cookie: plan.cookie } : {},
      what: `address ${path}`,
    };
  }
  if (choice < 0.26) {
    const name = HEADERS[Math.floor(random() * HEADERS.length)] ?? "accept";
    return {
      method: "GET",
      path: "/api/v1/letters/uyghurs",
      headers: { [name]: inHeader(text).slice(0, 7_000) },
      what: `header ${name}`,
    };
  }
  const target = plan.forms[Math.floor(random() * plan.forms.length)] as FormTarget;
  const fields = Object.keys(target.values);
  const field = fields[Math.floor(random() * fields.length)] ?? "form";
  return withHostile(plan, target, field, random() < 0.3 ? marked(text) : text, number, random() < 0.03);
}

/** Bytes that are hardly HTTP. */
export function rawBytes(random: () => number): Buffer {
  const text = generated(random).slice(0, 2_000);
  const lines = [
    `GET /${text} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
    `GET //${text}@evil.test/ HTTP/1.1\r\nHost: ${text}\r\n\r\n`,
    `${text} / HTTP/1.1\r\n\r\n`,
    `GET /letters/uyghurs HTTP/1.1\r\nHost: localhost\r\nX: ${text}\r\n\r\n`,
    `GET /letters/uyghurs HTTP/1.1\r\nHost: localhost\r\n${text}: x\r\n\r\n`,
    `POST /admin/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${text}`,
    `POST /admin/sign-in HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n${text}\r\n`,
    `POST /admin/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n${text}`,
    `GET /%ff%fe%00 HTTP/1.1\r\nHost: localhost\r\n\r\n`,
    `GET http://evil.test/ HTTP/1.1\r\nHost: localhost\r\n\r\n`,
    `CONNECT evil.test:443 HTTP/1.1\r\nHost: localhost\r\n\r\n`,
    `OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n`,
    text,
  ];
  return Buffer.from(lines[Math.floor(random() * lines.length)] ?? "", "utf8");
}
