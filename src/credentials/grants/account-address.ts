/**
 * What two spellings of one account's address have in common. Google ignores the case of an address, and for its own
 * domain also dots (https://support.google.com/mail/answer/7436150) and the older name `googlemail.com`
 * (https://support.google.com/mail/answer/10313). Nothing else is taken for the same: elsewhere dots count, and no
 * account's own address has a `+` part.
 */
export function addressKey(email: string): string {
  // Only ASCII letters: Unicode would fold some foreign letters onto those of another address.
  const lower = email.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const [, local, domain] = /^([^@]*)@([^@]*)$/.exec(lower) ?? [];
  if (local === undefined || (domain !== 'gmail.com' && domain !== 'googlemail.com')) return lower;
  return `${local.replaceAll('.', '')}@gmail.com`;
}
