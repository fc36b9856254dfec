// Loaded into the apps of tests, which are killed in the end: keeps what they have compiled for those that start later.
import { flushCompileCache } from "node:module";

setTimeout(flushCompileCache, 4_000).unref();
