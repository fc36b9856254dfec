// Runs on whatever Node the machine has, before anything is installed: built-ins only.
import { spawn } from "node:child_process";
import { accessSync, constants, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { withFileLock } from "./file-lock.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const withTools = process.argv.includes("--with-tools");

function fail(line) {
  console.error(line);
  process.exit(1);
}

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 9)) return;
  fail(`Undersigned needs Node 20.9 or newer, and this is ${process.versions.node}: see https://nodejs.org/`);
}

function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), "utf8")).packages;
  } catch {
    return undefined;
  }
}

/** Whether npm's own record of what it installed says what the lock file asks for. */
function isInstalled() {
  const wanted = packagesIn("package-lock.json");
  const present = packagesIn("node_modules/.package-lock.json");
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "") return true;
    const found = present[path];
    if (found) return found.version === entry.version && found.integrity === entry.integrity;
    return entry.optional || entry.devOptional || entry.peer || (entry.dev && !withTools);
  });
}

/** The machine's own Node: the one in node_modules disappears while npm works. */
function npmCommand() {
  const { npm_execpath: cli, npm_node_execpath: node } = process.env;
  const known = cli && node && cli.endsWith("npm-cli.js") && !node.startsWith(join(root, "node_modules"));
  return known ? [node, cli] : ["npm"];
}

function runNpm() {
  const path = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((entry) => !entry.startsWith(join(root, "node_modules")));
  const [command, ...before] = npmCommand();
  const args = [
    ...before,
    "ci",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    ...(withTools ? ["--include=dev"] : []),
  ];
  const env = { ...process.env, PATH: path.join(delimiter) };
  const started = Date.now();
  const child = spawn(command, args, { cwd: root, env, stdio: "inherit" });
  const tick = setInterval(
    () => console.log(`  … still installing, ${Math.round((Date.now() - started) / 1000)} s`),
    10_000,
  );
  return new Promise((resolve) => {
    child.once("error", () => resolve(127));
    child.once("exit", (code) => resolve(code ?? 1));
  }).finally(() => clearInterval(tick));
}

async function install() {
  if (isInstalled()) return;
  console.log("Installing the dependencies of package-lock.json, once …");
  const code = await runNpm();
  if (code !== 0)
    fail(`The dependencies could not be installed: \`npm ci\` ended with ${code}, for the reason above.`);
}

checkNode();
if (!isInstalled()) {
  try {
    accessSync(root, constants.W_OK);
  } catch {
    fail(`The folder ${root} cannot be written to: change its owner, or clone into a folder of your own.`);
  }
  await withFileLock(join(root, ".data/install.lock"), install, () =>
    console.log("Another command is installing the dependencies; waiting for it …"),
  );
}
