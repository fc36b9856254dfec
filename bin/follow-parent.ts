// Loaded into each service before its own code: when the command that started it is gone, even by kill -9,
// the service stops as if asked to. What a service starts inherits this import and lives by its own channel,
// which must keep it alive.
if (process.env.FOLLOWED === String(process.ppid)) {
  process.on("disconnect", () => {
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.exit(1), 25_000).unref();
  });
  process.channel?.unref();
}
