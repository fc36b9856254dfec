import { expect, it, vi } from "vitest";
import { loadSampleIfEmpty } from "@/dev/local/prepare";
import { openLetter } from "../support/letters";

it("a start without the sample says where the sample is there already, and how to begin without", async () => {
  const said: string[] = [];
  const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => said.push(String(text)) > 0);
  vi.stubEnv("SAMPLE", "none");
  const environment = { DATABASE_URL: process.env.DATABASE_URL ?? "" };
  await loadSampleIfEmpty(environment);
  const atFirst = said.join("");
  await openLetter({ slug: "uyghurs" });
  await loadSampleIfEmpty(environment);
  write.mockRestore();
  vi.unstubAllEnvs();
  expect(atFirst).toBe("");
  expect(said.join("")).toContain("SAMPLE=none DATA_DIR=.data/empty npm start");
});
