import type { ReactNode } from "react";

/** The organiser's name, in its own direction, linked to its site where it has one. */
export function OrganiserName({ url, children }: { url: string | null; children: ReactNode }) {
  const name = <bdi>{children}</bdi>;
  return url ? (
    <a href={url} rel="noopener noreferrer">
      {name}
    </a>
  ) : (
    name
  );
}
