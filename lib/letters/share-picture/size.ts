/** The size, in pixels, that shared links are shown in. */
export const PICTURE = { width: 1_200, height: 630 };
