import { firstHeaderOf, mimeTypeOf, type PlacedPart } from '../client/message-parts.js';
import { attachedMail } from './message-part.js';

const maxSubjectChars = 200;
const knownNames: Readonly<Record<string, string>> = {
  'application/ms-tnef': 'winmail.dat',
  'application/pkcs7-mime': 'smime.p7m',
  'application/x-pkcs7-mime': 'smime.p7m',
  'application/pkcs7-signature': 'smime.p7s',
  'application/x-pkcs7-signature': 'smime.p7s',
  'application/pgp-signature': 'signature.asc',
  'application/pgp-encrypted': 'version.pgp',
};
const extensions: Readonly<Record<string, string>> = {
  'text/plain': 'txt',
  'text/calendar': 'ics',
  'application/octet-stream': 'bin',
  'image/jpeg': 'jpg',
  'image/svg+xml': 'svg',
  'audio/mpeg': 'mp3',
};

/** What a listed part is called: a mail by its subject, another one by its own name or else by its kind and place. */
export function partName({ id, part, kind }: PlacedPart): string {
  const subject = kind === 'mail' ? (firstHeaderOf(attachedMail(part) ?? part, 'subject') ?? '') : '';
  if (subject.trim() !== '') return `${subject.slice(0, maxSubjectChars)}.eml`;
  if (part.filename.trim() !== '') return part.filename;
  if (kind === 'mail') return `mail ${id}.eml`;
  const mimeType = mimeTypeOf(part);
  const subtype = /^[a-z]+\/(?:x-)?([a-z0-9]{1,10})$/.exec(mimeType)?.[1] ?? 'bin';
  return knownNames[mimeType] ?? `part ${id === '' ? '0' : id}.${extensions[mimeType] ?? subtype}`;
}
