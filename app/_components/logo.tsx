import type { Site } from "@/lib/site/rules";

/** The organiser's picture; nothing where there is none. Its name stands beside it: a picture that says the same is silent. */
export function Logo({ site: { logo, organiserName } }: { site: Pick<Site, "logo" | "organiserName"> }) {
  if (!logo) return null;
  const { id, width, height, alt } = logo;
  return (
    // biome-ignore lint/performance/noImgElement: it is made to its size, and the pages load nothing else of Next's.
    <img
      className="logo"
      src={`/logo/${id}`}
      width={width}
      height={height}
      alt={alt === organiserName ? "" : alt}
    />
  );
}
