import createNextIntlPlugin from "next-intl/plugin";
import { BUILD_FOLDER } from "./build-folder.config.ts";
import { LIBRARY_BOUNDS } from "./lib/cache/bounds.ts";

// The benchmark builds two bare routes to compare with; nobody else has them.
const benchmark = process.env.UNDERSIGNED_BENCH === "1";

/** No TypeScript: Next would load its whole compiler to read it, in production too. @type {import("next").NextConfig} */
const config = {
  ...(benchmark ? { pageExtensions: ["tsx", "ts", "bench.tsx", "bench.ts"] } : {}),
  distDir: BUILD_FOLDER,
  poweredByHeader: false,
  cacheMaxMemorySize: LIBRARY_BOUNDS.nextPageBytes,
  reactStrictMode: true,
  // Metadata belongs in <head> for every reader, not only for known bots.
  htmlLimitedBots: /.*/,
  serverExternalPackages: [
    "pg",
    "pg-boss",
    "@prisma/client",
    "@prisma/adapter-pg",
    "nodemailer",
    "pino",
    "prom-client",
  ],
  // The type check is a step of its own in `npm test`.
  typescript: { ignoreBuildErrors: true, tsconfigPath: benchmark ? "tsconfig.bench.json" : "tsconfig.json" },
};

export default createNextIntlPlugin("./lib/i18n/request.ts")(config);
