export const pgpSignedBegin = '-----BEGIN PGP SIGNED MESSAGE-----';
const signatureBegin = '-----BEGIN PGP SIGNATURE-----';
const signatureEnd = '-----END PGP SIGNATURE-----';

/**
 * A text without the armour of PGP's cleartext signatures (RFC 9580, section 7): what was signed stays, its dashes no
 * longer escaped.
 */
export function withoutPgpSignatures(text: string): string {
  if (!text.includes(pgpSignedBegin) || !text.includes(signatureBegin)) return text;
  const kept: string[] = [];
  let place: Place = 'text';
  for (const line of text.split(/\r\n|\r|\n/)) {
    const next = nextPlace(place, line.trimEnd());
    if (next === place && (place === 'text' || place === 'signed'))
      kept.push(place === 'signed' ? line.replace(/^- /, '') : line);
    place = next;
  }
  return kept.join('\n');
}

type Place = 'text' | 'head' | 'signed' | 'signature';

function nextPlace(place: Place, line: string): Place {
  switch (place) {
    case 'text':
      return line === pgpSignedBegin ? 'head' : 'text';
    case 'head':
      return line === '' ? 'signed' : 'head';
    case 'signed':
      return line === signatureBegin ? 'signature' : 'signed';
    case 'signature':
      return line === signatureEnd ? 'text' : 'signature';
  }
}
