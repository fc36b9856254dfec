import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import proxyAddress from "proxy-addr";

// What a household or a server gets: its holder can change every bit behind it at will.
const V6_PREFIX = 64;
// What providers give to one site: 65,536 of those.
const WIDE_V6_PREFIX = 48;

/**
 * Makes the function that tells from which network a request comes: an IPv4 address, or an IPv6 /64 such as
 * `2001:db8:1:2::/64`. `X-Forwarded-For` is believed as far as trusted proxies wrote it. Null only where the connection is
 * gone: no limit could count such a request, so nothing may be done for it.
 * @param unnamed called for each request that seems to come through a proxy which is not trusted
 * @param trusted addresses and CIDR ranges of proxies, or `loopback`, `linklocal`, `uniquelocal`
 */
export function networkReader(
  trusted: string[],
  unnamed: () => void = () => undefined,
): (request: IncomingMessage) => string | null {
  const trust = trusted.length > 0 ? proxyAddress.compile(trusted) : () => false;
  return (request) => {
    const peer = request.socket.remoteAddress ?? "";
    if (isForwarded(request) && isNear(peer) && !trust(peer, 0)) unnamed();
    return networkOf(peer) && (networkOf(proxyAddress(request, trust)) ?? networkOf(peer));
  };
}

const isForwarded = ({ headers }: IncomingMessage) =>
  headers["x-forwarded-for"] !== undefined || headers.forwarded !== undefined;

/** Whether an address is of this machine or a private network, where proxies stand and readers do not. */
const isNear = (address: string) => isIP(address) !== 0 && NEAR.has(ipaddr.process(address).range());

const NEAR = new Set(["loopback", "private", "linkLocal", "uniqueLocal", "carrierGradeNat"]);

/** The network of an address in any spelling; null for what is none. IPv4 written as IPv6 is IPv4. */
export function networkOf(address: string): string | null {
  // Some proxies write the port too, and a link-local address carries its zone.
  const bare = address
    .replace(/^([\d.]+):\d+$/, "$1")
    .replace(/^\[(.*)\](?::\d+)?$/, "$1")
    .replace(/%.*$/, "");
  if (isIP(bare) === 0) return null;
  const parsed = ipaddr.process(bare);
  if (parsed.kind() === "ipv4") return parsed.toString();
  return rangeAround(parsed.toString(), V6_PREFIX);
}

/** The IPv6 /48 around a network, such as `2001:db8:1::/48`; null for IPv4. @param network as `networkOf` gives it */
export function wideNetwork(network: string): string | null {
  const [address = ""] = network.split("/");
  return isIP(address) === 6 ? rangeAround(address, WIDE_V6_PREFIX) : null;
}

const rangeAround = (address: string, prefix: number) =>
  `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/${prefix}`)}/${prefix}`;

/** Whether every entry names proxies that can be trusted. */
export function areProxies(trusted: string[]): boolean {
  try {
    if (trusted.length > 0) proxyAddress.compile(trusted);
    return true;
  } catch {
    return false;
  }
}
