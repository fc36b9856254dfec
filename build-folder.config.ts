/** The folder of the build. The benchmark has one of its own, with two bare routes more. */
export const BUILD_FOLDER = process.env.UNDERSIGNED_BENCH === "1" ? ".next-bench" : ".next";
