import { firstHeaderOf, mimeTypeOf, type PlacedPart } from '../client/message-parts.js';
import { shortHeaderText } from '../headers/header-text.js';
import { attachedMail } from './message-part.js';

const maxSubjectChars = 200;
const knownNames = new Map(
  Object.entries({
    'application/ms-tnef': 'winmail.dat',
    'application/vnd.ms-tnef': 'winmail.dat',
    'application/pkcs7-mime': 'smime.p7m',
    'application/x-pkcs7-mime': 'smime.p7m',
    'application/pkcs7-signature': 'smime.p7s',
    'application/x-pkcs7-signature': 'smime.p7s',
    'application/pgp-signature': 'signature.asc',
    'application/pgp-encrypted': 'version.pgp',
  }),
);
const extensions = new Map(
  Object.entries({
    'text/plain': 'txt',
    'text/calendar': 'ics',
    'text/vcard': 'vcf',
    'text/x-vcard': 'vcf',
    'text/directory': 'vcf',
    'application/octet-stream': 'bin',
    'image/jpeg': 'jpg',
    'image/svg+xml': 'svg',
    'audio/mpeg': 'mp3',
  }),
);

/**
 * What a listed part is called, for reading: a mail by its subject, another one by its own name or else by its kind and
 * place. A name of which a person sees nothing is none.
 */
export function partName({ id, part, kind }: PlacedPart): string {
  const subject = kind === 'mail' ? (firstHeaderOf(attachedMail(part) ?? part, 'subject') ?? '') : '';
  const readableSubject = shortHeaderText(subject, maxSubjectChars);
  if (readableSubject !== '') return `${readableSubject}.eml`;
  const own = shortHeaderText(part.filename);
  if (own !== '') return own;
  if (kind === 'mail') return `mail ${id}.eml`;
  const mimeType = mimeTypeOf(part);
  const subtype = /^[a-z]+\/(?:x-)?([a-z0-9]{1,10})$/.exec(mimeType)?.[1] ?? 'bin';
  return knownNames.get(mimeType) ?? `part ${id === '' ? '0' : id}.${extensions.get(mimeType) ?? subtype}`;
}
