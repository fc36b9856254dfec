import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const BEAT = 2_000;
const STALE = 30_000;

/**
 * Runs `act` while no other process of this machine does so under the same lock file. A holder that
 * died, or no longer touches the file, gives way. Built-ins only: it runs before anything is installed.
 */
export async function withFileLock(path, act, onWait) {
  mkdirSync(dirname(path), { recursive: true });
  for (let waited = false; !take(path); waited = true) {
    if (!waited) onWait();
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  const beat = setInterval(() => utimesSync(path, new Date(), new Date()), BEAT);
  try {
    return await act();
  } finally {
    clearInterval(beat);
    rmSync(path, { force: true });
  }
}

function take(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    clearAway(path);
    return false;
  }
}

/** Moved aside before it is judged, so that two who wait never remove each other's new lock. */
function clearAway(path) {
  if (!isStale(path)) return;
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    if (isStale(aside)) rmSync(aside);
    else renameSync(aside, path);
  } catch {
    // Somebody else was faster.
  }
}

function isStale(path) {
  try {
    if (Date.now() - statSync(path).mtimeMs > STALE) return true;
    process.kill(Number(readFileSync(path, "utf8")), 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}
