import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { BUILD_FOLDER } from "@/build-folder.config";
import { PROJECT } from "@/lib/project-folder";
import { compressed, type Document, etagOf } from "@/server/documents";
import { ENDPOINT_POLICY, SCRIPT_POLICY } from "@/server/headers";

const FOLDER = join(PROJECT, BUILD_FOLDER, "static");
const PREFIX = "/_next/static/";

const TYPES: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "application/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** The files of the build, by address, read and compressed once each: there are no others, and they never change. */
let files: Map<string, Promise<Document> | undefined> | undefined;

/** A file of the build, ready to be sent; null where the build has none of that address. */
export async function assetOf(target: string): Promise<Document | null> {
  files ??= new Map(listed().map((name) => [PREFIX + name, undefined]));
  const [path = ""] = target.split("?");
  if (!files.has(path)) return null;
  const known = files.get(path);
  if (known) return known;
  const reading = read(path.slice(PREFIX.length));
  files.set(path, reading);
  // A file that could not be read is tried again.
  reading.catch(() => files?.set(path, undefined));
  return reading;
}

const listed = () =>
  readdirSync(FOLDER, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(FOLDER.length + 1));

async function read(name: string): Promise<Document> {
  const body = await readFile(join(FOLDER, name));
  const type = TYPES[extname(name)] ?? "application/octet-stream";
  const policy = extname(name) === ".js" ? SCRIPT_POLICY : ENDPOINT_POLICY;
  const isText = /^(?:text|application\/j|image\/svg)/.test(type);
  return {
    status: 200,
    head: ["content-type", type, "content-security-policy", policy, "vary", "Accept-Encoding"],
    body,
    etag: etagOf(body),
    encodings: isText ? await compressed(body, 9) : {},
    cache: "for ever",
    frame: "nobody",
    expiresAt: Number.POSITIVE_INFINITY,
  };
}
