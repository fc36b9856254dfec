import { defineConfig } from "vitest/config";
import base from "./vitest.config";

// Long runs whose figures docs/reliability.md quotes; `npm test` does not contain them.
export default defineConfig({
  ...base,
  test: {
    include: ["tests/trials/**/*.trial.ts"],
    globalSetup: ["tests/support/postgres-setup.ts", "tests/support/build-setup.ts"],
    setupFiles: ["tests/support/environment.ts"],
    fileParallelism: false,
    testTimeout: 1_800_000,
    hookTimeout: 300_000,
  },
});
