import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { areProxies, networkOf, networkReader, wideNetwork } from "@/lib/http/client-address";

const from = (remoteAddress: string, forwarded?: string) =>
  ({
    headers: forwarded ? { "x-forwarded-for": forwarded } : {},
    socket: { remoteAddress },
    connection: { remoteAddress },
  }) as unknown as IncomingMessage;

describe("a network", () => {
  it.each([
    ["192.0.2.7", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["::ffff:c000:207", "192.0.2.7"],
    ["192.0.2.7:4711", "192.0.2.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["[2001:0DB8:0001:0002::9]:443", "2001:db8:1:2::/64"],
    ["fe80::1%eth0", "fe80::/64"],
    ["::1", "::/64"],
    ["unknown", null],
    ["", null],
    ["1", null],
    ["010.0.0.1", null],
    ["192.0.2.7, 192.0.2.8", null],
  ])("of %s is %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it.each([
    ["2001:db8:1:2::/64", "2001:db8:1::/48"],
    ["2001:db8:1::/64", "2001:db8:1::/48"],
    ["fe80::/64", "fe80::/48"],
    ["192.0.2.7", null],
  ])("%s lies in the /48 %s", (network, wide) => {
    expect(wideNetwork(network)).toBe(wide);
  });
});

describe("the client's network", () => {
  const direct = networkReader([]);
  const behind = networkReader(["127.0.0.1", "10.0.0.0/8", "2001:db8:ffff::/48"]);

  it("is that of the connection where no proxy is trusted, whatever the headers say", () => {
    expect(direct(from("127.0.0.1", undefined))).toBe("127.0.0.1");
    expect(direct(from("192.0.2.7", "198.51.100.1, 203.0.113.9"))).toBe("192.0.2.7");
  });

  it("is that of a proxy that nobody has named, which is told of: no header frees anybody from the limits", () => {
    let told = 0;
    const reader = networkReader([], () => {
      told += 1;
    });
    const peers = ["127.0.0.1", "::1", "10.1.2.3", "::ffff:172.16.0.9", "fd00::1"];
    for (const peer of peers) expect(reader(from(peer, "198.51.100.1"))).toBe(networkOf(peer));
    expect(told).toBe(peers.length);
    expect(behind(from("192.168.0.1", "198.51.100.1"))).toBe("192.168.0.1");
  });

  it("is not known only where the connection is gone, whatever the headers say", () => {
    for (const read of [direct, behind]) {
      expect(read(from(undefined as never))).toBeNull();
      expect(read(from(undefined as never, "198.51.100.1"))).toBeNull();
    }
  });

  it.each([
    ["127.0.0.1", "198.51.100.1", "198.51.100.1"],
    ["::ffff:127.0.0.1", "198.51.100.1", "198.51.100.1"],
    ["2001:db8:ffff::1", "2001:db8:7::1", "2001:db8:7::/64"],
    // The client wrote the first; the proxies wrote what follows.
    ["127.0.0.1", "1.1.1.1, 198.51.100.1, 10.1.2.3", "198.51.100.1"],
    ["192.0.2.7", "198.51.100.1", "192.0.2.7"],
    ["127.0.0.1", undefined, "127.0.0.1"],
    ["127.0.0.1", "not an address", "127.0.0.1"],
  ])("through %s saying %s is %s", (peer, forwarded, network) => {
    expect(behind(from(peer, forwarded))).toBe(network);
  });

  it("needs proxies that are addresses or ranges", () => {
    expect(areProxies([])).toBe(true);
    expect(areProxies(["loopback", "10.0.0.0/8", "::1"])).toBe(true);
    for (const wrong of ["proxy.example.org", "10.0.0.0/64", "*"]) expect(areProxies([wrong])).toBe(false);
  });
});
