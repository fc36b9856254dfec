import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { oneAtATime } from "@/server/one-at-a-time";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A server that answers when it is told to, and a connection to it that sends requests ahead. */
async function listening() {
  const begun: { url: string; response: ServerResponse }[] = [];
  const server = createServer(oneAtATime(({ url = "" }, response) => void begun.push({ url, response })));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => server.close());
  const open = () => {
    let said = "";
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    socket.on("data", (chunk) => (said += String(chunk))).on("error", () => undefined);
    closing.push(() => socket.destroy());
    const ask = (...paths: string[]) =>
      socket.write(paths.map((path) => `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`).join(""));
    return { socket, ask, said: () => said };
  };
  return { begun, open };
}

describe("requests that a connection sends ahead", () => {
  it("are begun one at a time, in their order, and all of them in the end", async () => {
    const { begun, open } = await listening();
    const { ask, said } = open();
    const paths = Array.from({ length: 300 }, (_, place) => `/${place}`);
    ask(...paths);
    await vi.waitFor(() => expect(begun).toHaveLength(1));
    for (const [place, path] of paths.entries()) {
      const one = begun[place];
      expect([one?.url, begun.length]).toEqual([path, place + 1]);
      const closed = new Promise((resolve) => one?.response.once("close", resolve));
      one?.response.end(path);
      await closed;
    }
    await vi.waitFor(() => expect(said()).toContain("/299"));
  });

  it("keep no other connection waiting", async () => {
    const { begun, open } = await listening();
    open().ask("/first", "/second");
    await vi.waitFor(() => expect(begun).toHaveLength(1));
    open().ask("/other");
    await vi.waitFor(() => expect(begun.map(({ url }) => url)).toEqual(["/first", "/other"]));
  });

  it("are forgotten where the connection is closed, and where they are too many", async () => {
    const { begun, open } = await listening();
    const left = open();
    left.ask("/left", "/never");
    await vi.waitFor(() => expect(begun).toHaveLength(1));
    const closed = new Promise((resolve) => begun[0]?.response.once("close", resolve));
    left.socket.destroy();
    await closed;
    const greedy = open();
    const ended = new Promise((resolve) => greedy.socket.once("close", resolve));
    greedy.ask(...Array.from({ length: 2_000 }, () => "/greedy"));
    await ended;
    expect(begun.map(({ url }) => url)).toEqual(["/left", "/greedy"]);
  });
});
