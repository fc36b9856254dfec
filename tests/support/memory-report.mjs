// Loaded into a process before its own code (NODE_OPTIONS): says at a socket of its own what the process
// holds, before and after a collection.
import { readdirSync } from "node:fs";
import { createServer } from "node:http";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { isMainThread } from "node:worker_threads";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

const held = () => ({ descriptors: readdirSync("/proc/self/fd").length, ...process.memoryUsage() });

if (isMainThread)
  createServer((_, response) => {
    const before = held();
    for (let time = 0; time < 3; time++) collect();
    response.end(JSON.stringify({ before, after: held() }));
  })
    .listen(process.env.MEMORY_SOCKET)
    .unref();
