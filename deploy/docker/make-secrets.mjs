// Makes the secrets at the first start, each in a file of mode 0600 that belongs to its one reader. Never changes one.
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

const [root = "/secrets", appUser = "10001", databaseUser = "999"] = process.argv.slice(2);
const own = process.getuid?.() === 0;

function folder(name, user) {
  const path = join(root, name);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  chmodSync(path, 0o700);
  if (own) chownSync(path, Number(user), Number(user));
  return path;
}

function keep(path, text, user) {
  if (existsSync(path) && readFileSync(path, "utf8") !== "") return readFileSync(path, "utf8");
  const file = openSync(path, "w", 0o600);
  writeSync(file, text);
  fsyncSync(file);
  if (own) chownSync(path, Number(user), Number(user));
  console.log(`Made ${path}`);
  return text;
}

const password = () => randomBytes(24).toString("hex");
const app = folder("app", appUser);
const database = folder("database", databaseUser);
keep(join(app, "encryption-key"), randomBytes(32).toString("base64"), appUser);
keep(join(database, "superuser-password"), password(), databaseUser);
for (const name of ["owner-password", "password"])
  keep(join(database, name), keep(join(app, name), password(), appUser), databaseUser);
