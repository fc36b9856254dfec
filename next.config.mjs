import { PHASE_PRODUCTION_SERVER } from "next/constants.js";
import { BUILD_FOLDER } from "./build-folder.config.ts";
import { LIBRARY_BOUNDS } from "./lib/cache/bounds.ts";

/** No TypeScript: Next would load its whole compiler to read it, in production too. @type {import("next").NextConfig} */
const config = {
  distDir: BUILD_FOLDER,
  poweredByHeader: false,
  // What is kept is compressed once. What is made for one visitor stays as it is: beside its owner's data it may hold what strangers
  // chose, such as entries with the same address, and the length of both compressed would tell of the one by the other.
  compress: false,
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
  // Nothing that runs reads maps, and making them is a quarter of the build.
  experimental: { turbopackSourceMaps: false },
  // The type check is a step of its own in `npm test`.
  typescript: { ignoreBuildErrors: true },
};

/**
 * The plugin is for building. It loads a compiler that unpacks itself to a file, which a server with a read-only disk refuses.
 * @param {string} phase
 */
export default async function configOf(phase) {
  if (phase === PHASE_PRODUCTION_SERVER) return config;
  const { default: createNextIntlPlugin } = await import("next-intl/plugin");
  // The parser of messages stays out of browsers: they get sentences that are parsed already.
  const messages = { path: "./messages", format: "json", locales: "infer", precompile: true };
  return createNextIntlPlugin({ requestConfig: "./lib/i18n/request.ts", experimental: { messages } })(config);
}
