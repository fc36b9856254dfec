import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PROJECT } from "@/lib/project-folder";
import { withFileLock } from "../../bin/file-lock.mjs";

/** What starts the Chromium of the npm package, which comes compressed. */
export type Chromium = { executablePath: string; env: Record<string, string> };

/** Unpacks it once per version. The package itself would use one place in /tmp for all users and versions. */
export async function unpackChromium(): Promise<Chromium> {
  const manifest = await readFile(join(PROJECT, "node_modules/@sparticuz/chromium/package.json"), "utf8");
  const folder = join(PROJECT, "node_modules/.cache/undersigned", `chromium-${JSON.parse(manifest).version}`);
  if (!existsSync(folder)) {
    await withFileLock(
      `${folder}.lock`,
      () => unpackInto(folder),
      () => undefined,
    );
  }
  return {
    executablePath: join(folder, "chromium"),
    env: { ...(process.env as Record<string, string>), FONTCONFIG_PATH: join(folder, "fonts") },
  };
}

async function unpackInto(folder: string): Promise<void> {
  if (existsSync(folder)) return;
  const aside = `${folder}.${process.pid}`;
  await mkdir(aside, { recursive: true });
  await runUnpacker(aside);
  await writeFile(join(aside, "fonts/fonts.conf"), fontsConfiguration(join(folder, "fonts")));
  await rename(aside, folder);
}

async function runUnpacker(folder: string): Promise<void> {
  const code = 'import chromium from "@sparticuz/chromium"; await chromium.executablePath();';
  const child = spawn(process.execPath, ["--input-type=module", "--eval", code], {
    cwd: PROJECT,
    env: { ...process.env, TMPDIR: folder },
    stdio: "inherit",
  });
  const result = await new Promise((resolve) => child.once("exit", resolve).once("error", resolve));
  if (result === 0) return;
  await rm(folder, { recursive: true, force: true });
  throw new Error(`Chromium could not be unpacked into ${folder}.`);
}

/** The package's fonts and no others, so that pages look the same on every machine. */
function fontsConfiguration(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}</dir><cachedir>${folder}-cache</cachedir></fontconfig>
`;
}
