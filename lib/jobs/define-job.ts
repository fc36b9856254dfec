import type { Queue } from "pg-boss";
import type { z } from "zod";

export type Job<Data = unknown> = {
  name: string;
  /** What it carries: ids only, for the queue's tables are in the clear. */
  schema: z.ZodType<Data>;
  options: Omit<Queue, "name">;
  /** How often a worker looks for it without being told. */
  pollSeconds: number;
  /** How many of it a worker takes at once; one unless given. */
  batchSize?: number;
  /** When it is due by itself: a cron line in UTC. */
  schedule?(): string;
  run(data: Data, now: Date): Promise<unknown>;
};

/** Defines a kind of job; `lib/jobs/registry.ts` lists them. */
export const defineJob = <Data>(job: Job<Data>): Job<Data> => job;

/** Without a sign of life for so long, a job's worker counts as dead and the job goes to another. */
export const HEARTBEAT_SECONDS = 10;

export const DAY_SECONDS = 86_400;
