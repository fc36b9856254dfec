/** `npm run trial` does what `npm test` does in few rounds in many, and whole matrices of which `npm test` has one case. */
export const THOROUGH = process.env.THOROUGH === "1";

/** @returns how often to do what one time shows, and many times show to hold always */
export const rounds = (few: number, many: number) => (THOROUGH ? many : few);

/** With and without JavaScript; `npm test` has the second where things then go another way. */
export const SCRIPTS = THOROUGH ? [true, false] : [true];

/** @returns the first case, or all of them where there is time */
export const cases = <T>(all: readonly T[], few = 1): T[] => (THOROUGH ? [...all] : all.slice(0, few));
