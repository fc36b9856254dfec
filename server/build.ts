import { join } from "node:path";
import { BUILD_FOLDER } from "@/build-folder.config";
import { PROJECT } from "@/lib/project-folder";

/** The folder of the build that Next serves. */
export const BUILD = join(PROJECT, BUILD_FOLDER);
