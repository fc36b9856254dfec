/**
 * Ends a process whose port another program has, in one line; anything else that went wrong is thrown on.
 * @param variables with which another port is chosen
 */
export function endWherePortIsTaken(error: unknown, variables: string): never {
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code !== "EADDRINUSE") throw error;
  process.stderr.write(
    `Port ${port ?? ""} is taken by another program. Stop that program, or choose another port with ${variables}.\n`,
  );
  process.exit(1);
}
