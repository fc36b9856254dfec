// Installs and builds what this checkout lacks. A folder with its build needs neither, even without tools.
// Runs on whatever Node the machine has, before anything is installed: built-ins only.
import { spawn } from "node:child_process";
import { accessSync, constants, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isBuilt } from "./build-stamps.mjs";
import { withFileLock } from "./file-lock.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const withTools = process.argv.includes("--with-tools");
const parts = process.argv.includes("--programs") ? ["client", "programs"] : ["client", "programs", "pages"];

function fail(line) {
  console.error(line);
  process.exit(1);
}

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 9)) return;
  fail(`Undersigned needs Node 20.9 or newer. This is ${process.versions.node}. See https://nodejs.org/`);
}

function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), "utf8")).packages;
  } catch {
    return undefined;
  }
}

/** Whether npm's own record of what it installed says what the lock file asks for. */
function isInstalled(tools) {
  const wanted = packagesIn("package-lock.json");
  const present = packagesIn("node_modules/.package-lock.json");
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "") return true;
    const found = present[path];
    if (found) return found.version === entry.version && found.integrity === entry.integrity;
    return entry.optional || entry.peer || ((entry.dev || entry.devOptional) && !tools);
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
  const args = [...before, "ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const env = { ...process.env, PATH: path.join(delimiter) };
  const started = Date.now();
  const tick = setInterval(
    () => console.log(`  … still installing, ${Math.round((Date.now() - started) / 1000)} s`),
    10_000,
  );
  return run(command, args, env).finally(() => clearInterval(tick));
}

function run(command, args, env = process.env) {
  const child = spawn(command, args, { cwd: root, env, stdio: "inherit" });
  return new Promise((resolve) => {
    child.once("error", () => resolve(127));
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

async function install() {
  if (isInstalled(true)) return;
  console.log("Installing the dependencies (only this once) …");
  const code = await runNpm();
  if (code !== 0)
    fail(`We could not install the dependencies: \`npm ci\` ended with ${code}. The reason is above.`);
}

async function installAlone() {
  try {
    accessSync(root, constants.W_OK);
  } catch {
    fail(`We can’t write to the folder ${root}. Change its owner, or clone into a folder of your own.`);
  }
  await withFileLock(join(root, ".data/install.lock"), install, () =>
    console.log("Another command is installing the dependencies. Waiting for it …"),
  );
}

checkNode();
const built = () => parts.every(isBuilt);
if (!isInstalled(withTools || !built())) await installAlone();
if (!built())
  process.exitCode = await run(join(root, "node_modules/.bin/node"), [
    "dev/build.mjs",
    ...process.argv.slice(2),
  ]);
