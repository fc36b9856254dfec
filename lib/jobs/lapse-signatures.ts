import { lapseSignatures } from "@/lib/signatures/lapse-signatures";

/** Lapses every signature whose time to be confirmed is over. @returns how many */
export async function lapseAllDue(now: Date): Promise<number> {
  let total = 0;
  for (;;) {
    const lapsed = await lapseSignatures({ now });
    total += lapsed;
    if (lapsed === 0) return total;
  }
}
