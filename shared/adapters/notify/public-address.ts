import { BlockList, isIP } from "node:net";

/**
 * Addresses that only mean something inside a network: nothing is ever sent there, whatever a channel's address says or a name resolves to.
 * IANA's special-purpose registries, RFC 6890.
 */
const NOT_PUBLIC = new BlockList();
/** Octets of the network, and how many bits of it count. */
const V4: readonly (readonly [readonly number[], number])[] = [
  [[0, 0, 0, 0], 8],
  [[10, 0, 0, 0], 8],
  [[100, 64, 0, 0], 10],
  [[127, 0, 0, 0], 8],
  [[169, 254, 0, 0], 16],
  [[172, 16, 0, 0], 12],
  [[192, 0, 0, 0], 24],
  [[192, 0, 2, 0], 24],
  [[192, 88, 99, 0], 24],
  [[192, 168, 0, 0], 16],
  [[198, 18, 0, 0], 15],
  [[198, 51, 100, 0], 24],
  [[203, 0, 113, 0], 24],
  [[224, 0, 0, 0], 4],
  [[240, 0, 0, 0], 4],
];
/** Of IPv6 only what is handed out for the public internet is one; in it lie these that are not. */
const V6_PUBLIC = new BlockList();
V6_PUBLIC.addSubnet("2000::", 3, "ipv6");
const V6: readonly (readonly [string, number])[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];
for (const [octets, prefix] of V4) NOT_PUBLIC.addSubnet(octets.join("."), prefix, "ipv4");
for (const [net, prefix] of V6) NOT_PUBLIC.addSubnet(net, prefix, "ipv6");

export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !NOT_PUBLIC.check(address, "ipv4");
  // What IPv6 wraps around an IPv4 address (::ffff:…, 64:ff9b::…, 2002:…) lies outside of what is public here.
  return family === 6 && V6_PUBLIC.check(address, "ipv6") && !NOT_PUBLIC.check(address, "ipv6");
}
