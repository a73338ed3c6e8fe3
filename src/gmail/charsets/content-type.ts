/** No real header is longer. */
const maxContentTypeChars = 1_000;
const maxComments = 10;
/** What nearly all mail has: a type, and at most one parameter that can be read in one way only. */
const usualForm = /^[\w.+-]+\/[\w.+-]+(?:; ?(?<name>[a-z]+)=(?<quote>"?)(?<value>[\w.-]+)\k<quote>)?$/i;

/**
 * A parameter of a `Content-Type` header as mail writes it (RFC 2045, section 5.1, and what programs make of it): with
 * or without quotes, blanks, comments, the semicolon before it, and RFC 2231's marks. Its first value, in lower case;
 * empty when it is not there.
 */
export function contentTypeParameter(contentType: string, name: string): string {
  const usual = usualForm.exec(contentType)?.groups;
  if (usual !== undefined) return usual.name?.toLowerCase() === name ? (usual.value ?? '').toLowerCase() : '';
  const plain = withoutOthers(withoutComments(contentType.slice(0, maxContentTypeChars)), name);
  return inPieces(plain, name) || inOnePiece(plain, name);
}

/** `charset*0=windows-; charset*1=1251` (RFC 2231, section 3). */
function inPieces(plain: string, name: string): string {
  const pieces = [...plain.matchAll(new RegExp(`[;\\s]${name}\\*\\d\\*?=(?:"([^"]*)"|([^\\s;"]+))`, 'gi'))];
  if (pieces.length < 2) return '';
  const value = pieces.map(([, quoted, bare]) => quoted ?? bare ?? '').join('');
  return withoutLanguage(value).trim().toLowerCase();
}

function inOnePiece(plain: string, name: string): string {
  const pattern = new RegExp(
    `(?:^|[;,\\s])${name}(?:\\*0?\\*?)?\\s*[=:][\\s=\\\\<]*(?:"([^"\\\\]*)\\\\?"?|'([^';]*)'?(?=[;\\s]|$)|([^\\s;">]+))`,
    'i',
  );
  const [, quoted, apostrophed, bare] = pattern.exec(plain) ?? [];
  const value = quoted ?? apostrophed ?? bare ?? '';
  return withoutApostrophes(withoutLanguage(value)).trim().toLowerCase();
}

/** Without what other parameters say in quotes. */
function withoutOthers(plain: string, name: string): string {
  return plain.replaceAll(/(?<![\w-])([\w-]{1,60})(\*?\s*=\s*)"[^"]*"/g, (whole, parameter: string) =>
    parameter.toLowerCase() === name ? whole : '',
  );
}

function withoutApostrophes(value: string): string {
  return /^\s*'(.*)'\s*$/.exec(value)?.[1] ?? value;
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
