import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { PROJECT } from "@/lib/project-folder";

const read = (file: string) => readFileSync(join(PROJECT, file), "utf8");
const names = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name).sort();

it(".env.example documents every setting, and no other than those of one machine", () => {
  const settings = names(read("lib/env.ts"), /^ {2}([A-Z_]+):/gm);
  expect(settings.length).toBeGreaterThan(8);
  const local = ["DATA_DIR", "MAILBOX_PORT", "MAILBOX_SMTP_PORT", "SAMPLE"];
  expect(names(read(".env.example"), /^# ([A-Z_]+)=/gm)).toEqual([...settings, ...local].sort());
});
