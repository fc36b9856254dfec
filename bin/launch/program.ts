import { step } from "@/bin/launch/progress";
import { program, runService, type ServiceOptions } from "@/bin/launch/services";
import { atEnd } from "@/bin/launch/shutdown";
import type { Env } from "@/lib/env";

/** Starts web and worker, watches over both, and stops them at the end. */
export async function startProgram({ host, port }: Env): Promise<void> {
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  await step("Starting the web app", () =>
    Promise.all([
      startService({ name: "worker", command: program("worker"), env }),
      startService({ name: "web app", command: program("web"), env, readyAt: healthAt(host, port) }),
    ]),
  );
}

/** Where a web process of this machine says that it lives. */
export function healthAt(host: string, port: number): string {
  const name = ["0.0.0.0", "::"].includes(host) ? "localhost" : host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}/api/health`;
}

/** Runs a service until the end of this process. */
export async function startService(options: ServiceOptions): Promise<void> {
  const service = runService(options);
  atEnd(service.stop);
  await service.ready;
}
