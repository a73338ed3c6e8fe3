const hostname = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether the host of a URL is this machine by its name. */
export function isLoopbackHost(host: string): boolean {
  return hostname.test(host);
}

/** Whether an address is this machine's own (RFC 6890). */
export function isLoopbackAddress(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}
