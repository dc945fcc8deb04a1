import { BlockList, isIP } from 'node:net'

/** One list a family: in a common one the IPv6 networks would hold every IPv4 address as a mapped one. */
const inside = { ipv4: new BlockList(), ipv6: new BlockList() } as const
/** Special-purpose addresses of IANA's registries (RFC 6890 and its successors): private, loopback, link-local, carrier NAT, tunnels. */
const networks: readonly (readonly [network: string, prefix: number, family: 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 4, 'ipv4'],
  ['240.0.0.0', 4, 'ipv4'],
  // What is outside of 2000::/3 is no address of the internet: loopback, mapped, NAT64, unique local, link-local, multicast.
  ['::', 3, 'ipv6'],
  ['4000::', 2, 'ipv6'],
  ['8000::', 1, 'ipv6'],
  // Teredo and other protocols, documentation, 6to4.
  ['2001::', 23, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['3fff::', 20, 'ipv6'],
]
for (const [network, prefix, family] of networks) inside[family].addSubnet(network, prefix, family)

/** Whether an IP address is one of the internet, and not of this machine or of a network around it. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address)
  // A list holds nothing that is no address, such as 127.1.
  if (version === 0) return false
  const family = version === 6 ? 'ipv6' : 'ipv4'
  return !inside[family].check(address, family)
}
