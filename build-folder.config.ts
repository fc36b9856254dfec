/** The folder of the build. */
export const BUILD_FOLDER = ".next";
