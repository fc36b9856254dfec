import { logTo } from "@/lib/ops/log/log";

/** What a process logs while something is done. */
export async function logged(act: () => unknown): Promise<string> {
  const lines: string[] = [];
  logTo((line) => lines.push(line));
  try {
    await act();
  } finally {
    logTo(undefined);
  }
  return lines.join("");
}
