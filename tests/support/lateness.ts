import { setTimeout as pause } from "node:timers/promises";
import { expect } from "vitest";

/**
 * Does something, and tells how late everything is meanwhile on this machine: how many seconds at most a request takes
 * that needs no database.
 */
export async function besideLateness<T>(origin: string, act: () => Promise<T>): Promise<[T, number]> {
  const acting = act();
  let late = 0;
  let over = false;
  const end = () => {
    over = true;
  };
  acting.then(end, end);
  while (!over) {
    const begun = performance.now();
    const { status } = await fetch(`${origin}/api/health`);
    expect(status).toBe(200);
    late = Math.max(late, (performance.now() - begun) / 1_000);
    await pause(50);
  }
  return [await acting, late];
}

/** Refused within 5 s, and as much later as the machine is late: once when a request comes, and once when its time is up. */
export function expectInTime(name: string, seconds: number, late: number): void {
  expect(seconds, `${name}, ${late} s late`).toBeLessThan(5 + 2 * late);
}
