/** An instant for people wherever they are, for a page without scripts does not know their time zone. */
export function instantText(at: Date): string {
  const text = at.toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  return `${text} UTC`;
}
