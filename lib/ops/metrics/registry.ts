import { collectDefaultMetrics, Registry } from "prom-client";
import { processWide } from "@/lib/process-wide";

export const registry = () => processWide("metrics", counting);

function counting(): Registry {
  const register = new Registry();
  collectDefaultMetrics({ register });
  return register;
}
