// Loaded into the apps of tests, which are killed: keeps what they have compiled for later ones.
import { flushCompileCache } from "node:module";

setTimeout(flushCompileCache, 4_000).unref();
