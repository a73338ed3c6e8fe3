/** A display name that is not quoted, and the last address behind it. */
const named = /^(?<name>[^"]*[^"\s])\s*(?<address><[^<>"]*>)$/;
/** What has a meaning of its own in a header's addresses (RFC 5322, section 3.2.3), and none in a person's name. */
const special = /[,:;()@<>[\]\\]/;
/** `<@a.example,@b.example:ann@c.example>` (RFC 5322, section 4.4): the way is of no interest any more. */
const route = /<@[^<>:"]*:/;

/**
 * Addresses with their display names quoted where they have to be. Gmail hands on headers decoded, and so a name that
 * was encoded stands there bare: `Lovelace, Ada <ada@x.example>` is one address, not a name and an address, and
 * `Boss <boss@x.example> <eve@y.example>` is Eve's.
 */
export function quoteBareNames(value: string): string {
  // A group (RFC 5322, section 3.4) has a meaning for its colon, commas and semicolon.
  if (isGroup(value)) return value;
  return joinNames(splitAtSeparators(value)).map(quoteName).join(', ');
}

/** A colon in a name that an address follows is none of a group's. Only the first is tried, as a name may hold thousands. */
function isGroup(value: string): boolean {
  return /^[^"<>@,;:]*:[^]*;/.test(value);
}

function quoteName(text: string): string {
  const plain = text.replace(/<\s*<([^<>]*)>\s*>/, '<$1>').replace(route, '<');
  const { name, address } = named.exec(plain)?.groups ?? {};
  if (name === undefined || address === undefined || !special.test(name) || name.includes('=?')) return plain;
  return `"${name.replaceAll('\\', '\\\\')}" ${address}`;
}

/** What a separator ends, and which; some programs write semicolons for commas. */
interface Part {
  text: string;
  separator: string;
}

/** A part without an address is the beginning of the name of the next. */
function joinNames(parts: readonly Part[]): string[] {
  const joined: string[] = [];
  let begun = '';
  let rest = '';
  for (const { text, separator } of parts) {
    const whole = begun + text;
    const isComplete = /[@<"]/.test(text);
    if (isComplete) joined.push(whole);
    begun = isComplete ? '' : `${whole}${separator} `;
    rest = isComplete ? '' : whole;
  }
  if (rest !== '') joined.push(rest);
  return joined;
}

/**
 * Texts in quotes or angle brackets and encoded-words (RFC 2047) hold together; a separator between them separates. What
 * is not closed reaches to the end, so that no text is looked through again and again.
 */
const pieces = /"(?:\\.|[^"\\])*"?|<[^>]*>?|=\?[^?]*\?[^?]*\?[^?]*\?=|[^]/g;

function splitAtSeparators(value: string): Part[] {
  const parts: Part[] = [{ text: '', separator: '' }];
  for (const [piece] of value.matchAll(pieces)) {
    const last = parts.at(-1);
    if (last === undefined) continue;
    if (piece === ',' || piece === ';') {
      last.separator = piece;
      parts.push({ text: '', separator: '' });
    } else last.text += piece;
  }
  return parts
    .map(({ text, separator }) => ({ text: text.trim(), separator }))
    .filter(({ text }) => text !== '');
}
