import { fileURLToPath } from "node:url";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
const files = (kind: string) => [`tests/${kind}/**/*.test.{ts,tsx}`];

// Files of one worker share what they have loaded; `anew.ts` gives our modules anew to those that need it.
const isolate = false;

const unit: TestProjectInlineConfiguration = {
  extends: true,
  test: {
    name: "unit",
    isolate,
    include: ["tests/*.test.ts", ...files("unit")],
    setupFiles: ["tests/support/environment.ts", "tests/support/quiet-console.ts"],
  },
};

export const integration: TestProjectInlineConfiguration = {
  extends: true,
  test: {
    name: "integration",
    isolate,
    include: files("integration"),
    globalSetup: ["tests/support/postgres-setup.ts"],
    setupFiles: [
      "tests/support/environment.ts",
      "tests/support/anew.ts",
      "tests/support/own-database.ts",
      "tests/support/quiet-console.ts",
    ],
  },
};

export const e2e: TestProjectInlineConfiguration = {
  extends: true,
  test: {
    name: "e2e",
    isolate,
    include: files("e2e"),
    globalSetup: ["tests/support/postgres-setup.ts", "tests/support/shared-setup.ts"],
    setupFiles: ["tests/support/environment.ts", "tests/support/anew.ts", "tests/support/built.ts"],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // They wait for browsers and for each other’s processes; each more costs an app of its own.
    maxWorkers: 2,
    sequence: { groupOrder: 1 },
  },
};

export default defineConfig({
  resolve: { alias: { "@": root } },
  oxc: { jsx: { runtime: "automatic" } },
  test: {
    reporters: ["default"],
    maxWorkers: 2,
    // A bound for what never comes, not for a busy machine.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // As long as nothing is amiss it costs nothing, and a busy machine takes its time.
    expect: { poll: { timeout: 30_000 } },
    projects: [unit, integration, e2e],
  },
});
