/** A display name that is not quoted, and the address behind it. */
const named = /^(?<name>[^"<>]*[^"<>\s])\s*(?<address><[^<>"]*>)$/;
/** What has a meaning of its own in a header's addresses (RFC 5322, section 3.2.3), and none in a person's name. */
const special = /[,:()@[\]\\]/;

/**
 * Addresses with their display names quoted where they have to be. Gmail hands on headers decoded, and so a name that
 * was encoded stands there bare: `Lovelace, Ada <ada@x.example>` is one address, not a name and an address.
 */
export function quoteBareNames(value: string): string {
  // A group (RFC 5322, section 3.4) has a meaning for its colon, commas and semicolon.
  if (value.includes(';')) return value;
  return joinNames(splitAtCommas(value)).map(quoteName).join(', ');
}

function quoteName(text: string): string {
  const { name, address } = named.exec(text)?.groups ?? {};
  if (name === undefined || address === undefined || !special.test(name) || name.includes('=?')) return text;
  return `"${name.replaceAll('\\', '\\\\')}" ${address}`;
}

/** A part without an address is the beginning of the name of the next. */
function joinNames(parts: readonly string[]): string[] {
  const joined: string[] = [];
  let begun = '';
  for (const part of parts) {
    const text = begun + part;
    if (/[@<"]/.test(part)) joined.push(text);
    begun = /[@<"]/.test(part) ? '' : `${text}, `;
  }
  if (begun !== '') joined.push(begun.slice(0, -2));
  return joined;
}

/**
 * Texts in quotes or angle brackets and encoded-words (RFC 2047) hold together; a comma between them separates. What is
 * not closed reaches to the end, so that no text is looked through again and again.
 */
const pieces = /"(?:\\.|[^"\\])*"?|<[^>]*>?|=\?[^?]*\?[^?]*\?[^?]*\?=|[^]/g;

function splitAtCommas(value: string): string[] {
  const parts = [''];
  for (const [piece] of value.matchAll(pieces)) {
    if (piece === ',') parts.push('');
    else parts.push((parts.pop() ?? '') + piece);
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
