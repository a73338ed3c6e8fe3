import { lookup as resolve } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';

export interface ResolvedAddress {
  address: string;
  family: number;
}
/** All addresses of a host; rejects where it has none. */
export type HostResolver = (host: string) => Promise<ResolvedAddress[]>;

/** As the operating system resolves names. */
export function systemResolver(host: string): Promise<ResolvedAddress[]> {
  return resolve(host, { all: true });
}

/**
 * The addresses of a host of a URL, resolved once, if all of them are admitted; null if one is not, for a name that
 * resolves to a public address and a private one would be either, as its owner likes.
 * @throws what the resolver throws
 */
export async function admittedAddresses(
  hostname: string,
  admits: (address: string) => boolean,
  resolver: HostResolver,
): Promise<ResolvedAddress[] | null> {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(host);
  const addresses = family === 0 ? await resolver(host) : [{ address: host, family }];
  return addresses.length > 0 && addresses.every(({ address }) => admits(address)) ? addresses : null;
}

/** For a connection: whatever name it asks for, it gets these addresses, and none that was not looked at. */
export function pinnedLookup(addresses: readonly ResolvedAddress[]): LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = addresses;
    if (options.all === true) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family ?? 0);
  };
}
