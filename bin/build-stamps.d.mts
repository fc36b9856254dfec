export type Part = "client" | "programs" | "pages";
export function isBuilt(part: Part): boolean;
export function stamped(part: Part, make: () => Promise<void>): Promise<void>;
