import { defineConfig } from "vitest/config";
import base, { e2e, integration } from "./vitest.config.ts";

// Long runs whose figures docs/reliability.md quotes, and tests in more rounds and cases than `npm test` has time for.
const thorough = { testTimeout: 1_800_000, hookTimeout: 300_000, env: { THOROUGH: "1" } };

export default defineConfig({
  ...base,
  test: {
    ...base.test,
    ...thorough,
    fileParallelism: false,
    projects: [
      { ...integration, test: { ...integration.test, ...thorough } },
      { ...e2e, test: { ...e2e.test, ...thorough, sequence: { groupOrder: 0 } } },
      {
        ...e2e,
        test: {
          ...e2e.test,
          ...thorough,
          name: "trials",
          include: ["tests/trials/**/*.trial.ts"],
          sequence: { groupOrder: 0 },
        },
      },
    ],
  },
});
