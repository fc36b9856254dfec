import { join } from "node:path";
import { BUILD_FOLDER } from "@/build-folder.config";

/** The folder of the build that Next serves. */
export const BUILD = join(import.meta.dirname, "..", BUILD_FOLDER);
