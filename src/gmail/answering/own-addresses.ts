/** Mail to these reaches the mailbox; what comes from them, it has sent. */
export class OwnAddresses {
  private readonly keys: ReadonlySet<string>;

  constructor(addresses: readonly (string | null)[]) {
    this.keys = new Set(addresses.flatMap((address) => (address === null ? [] : [addressKey(address)])));
  }

  has(address: string): boolean {
    return this.keys.has(addressKey(address));
  }
}

/**
 * What spellings of one address have in common. Google ignores the case of its own addresses, dots, and what follows a
 * plus sign (https://support.google.com/mail/answer/7436150, /12096), and its older name `googlemail.com`. Elsewhere all
 * of that counts but the case, which no provider of any size lets count.
 */
export function addressKey(address: string): string {
  // Only ASCII letters: Unicode would fold some foreign letters onto those of another address.
  const lower = address.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
  const at = lower.lastIndexOf('@');
  const domain = lower.slice(at + 1);
  if (at < 0 || (domain !== 'gmail.com' && domain !== 'googlemail.com')) return lower;
  return `${lower.slice(0, at).replace(/\+.*$/s, '').replaceAll('.', '')}@gmail.com`;
}
