/** No real header is longer. */
const maxContentTypeChars = 1_000;
const maxComments = 10;

/**
 * A parameter of a `Content-Type` header as mail writes it (RFC 2045, section 5.1, and what programs make of it): with
 * or without quotes, blanks, comments, the semicolon before it, and RFC 2231's marks. Its first value, in lower case;
 * empty when it is not there.
 */
export function contentTypeParameter(contentType: string, name: string): string {
  const plain = withoutComments(contentType.slice(0, maxContentTypeChars));
  const pattern = new RegExp(
    `(?:^|[;\\s])${name}(?:\\*0?\\*?)?\\s*=\\s*(?:"([^"]*)"?|'([^';]*)'?(?=[;\\s]|$)|([^\\s;"]+))`,
    'i',
  );
  const [, quoted, apostrophed, bare] = pattern.exec(plain) ?? [];
  const value = quoted ?? apostrophed ?? bare ?? '';
  return withoutLanguage(value).trim().toLowerCase();
}

/** The innermost first, as comments stand in each other. */
function withoutComments(text: string): string {
  let plain = text;
  for (let times = 0; times < maxComments && plain.includes('('); times += 1)
    plain = plain.replaceAll(/\([^()]*\)/g, ' ');
  return plain;
}

/** `us-ascii'en'utf-8` (RFC 2231, section 4). */
function withoutLanguage(value: string): string {
  return /^[\w-]*'[\w-]*'(.+)$/.exec(value)?.[1] ?? value;
}
