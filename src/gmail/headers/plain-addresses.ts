/** Names and addresses that can mean one thing only, and that no decoding changes; nearly all mail has such. */
const plain = /^(?:(?<name>[A-Za-z0-9]+(?:[ .'_-][A-Za-z0-9]+)*\.?) +<(?<named>[^<>]+)>|(?<bare>[^<>]+))$/;
const plainAddress =
  /^[A-Za-z0-9](?:[A-Za-z0-9._+-]*[A-Za-z0-9])?@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/;

/**
 * The addresses of a header whose all are of the plainest form, as a parser finds them at many times the cost; null for
 * every other header.
 */
export function plainAddresses(value: string): { name: string; address: string }[] | null {
  const addresses: { name: string; address: string }[] = [];
  for (const part of value.split(', ')) {
    const { name = '', named, bare = '' } = plain.exec(part)?.groups ?? {};
    const address = named ?? bare;
    if (!plainAddress.test(address)) return null;
    addresses.push({ name, address });
  }
  return addresses;
}
