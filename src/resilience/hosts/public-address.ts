import ipaddr from 'ipaddr.js';

/**
 * Whether an address is of the public Internet. Everything else is refused, as far as the registries of special
 * addresses know it (RFC 6890): loopback, private, link-local, shared, multicast, reserved, documentation, and the IPv6
 * forms that lead to an IPv4 address, such as mapped ones, NAT64, 6to4 and Teredo.
 */
export function isPublicAddress(address: string): boolean {
  // A zone says which link an address is of, and `0177.1` is not written by any resolver.
  if (address.includes('%')) return false;
  const isWritten = ipaddr.IPv6.isValid(address) || ipaddr.IPv4.isValidFourPartDecimal(address);
  if (!isWritten) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  // Global unicast of IPv6 is all in 2000::/3 (RFC 4291, section 2.4): what is not, has no public meaning.
  return parsed.kind() === 'ipv4' || (parsed.toByteArray()[0] ?? 0) >> 5 === 1;
}
