import { contentTypeParameter } from '../charsets/content-type.js';
import type { MessagePart } from '../client/answers.js';
import { headerOf, mimeTypeOf, placedParts } from '../client/message-parts.js';
import { pgpSignedBegin } from '../text/signed-text.js';
import { oneLine } from './one-line.js';

const tnef = /^application\/(?:vnd\.)?ms-tnef$/;
const pkcs7 = /^application\/(?:x-)?pkcs7-mime$/;

/** What there is to know of a message's form: that it is encrypted or signed, or holds what is not unpacked. */
export function messageNotes(payload: MessagePart | undefined): string[] {
  const notes = [...placedParts(payload)].flatMap(({ part }) => noteOf(part) ?? []);
  return [...new Set(notes)];
}

function noteOf(part: MessagePart): string | null {
  const mimeType = mimeTypeOf(part);
  const parameter = (name: string): string =>
    contentTypeParameter(headerOf(part, 'content-type') ?? '', name);
  if (mimeType === 'multipart/encrypted' || mimeType === 'application/pgp-encrypted')
    return encryptedWith('PGP');
  if (mimeType === 'multipart/signed')
    return signedWith(parameter('protocol').includes('pgp') ? 'PGP' : 'S/MIME');
  if (isSmimeMail(part, parameter)) return pkcs7Note(parameter('smime-type'));
  if (tnef.test(mimeType) || part.filename.toLowerCase() === 'winmail.dat')
    return 'Outlook has packed text or files into winmail.dat, which is not unpacked';
  if (mimeType === 'message/partial') return 'This is one piece of a mail that was sent in several';
  if (mimeType === 'message/external-body') return externalNote(parameter);
  return pgpNote(part, mimeType);
}

/** A file with another name, such as `invoice.xml.p7m`, is a signed document and none of the message's own form. */
function isSmimeMail(part: MessagePart, parameter: (name: string) => string): boolean {
  const name = part.filename.toLowerCase();
  if (name === 'smime.p7m') return true;
  return pkcs7.test(mimeTypeOf(part)) && (name === '' || parameter('smime-type') !== '');
}

/** RFC 2046, section 5.2.3. */
function externalNote(parameter: (name: string) => string): string {
  const where =
    parameter('url') ||
    [parameter('site'), parameter('directory'), parameter('name')].filter(Boolean).join('/');
  return `A part of this message is kept elsewhere and was not fetched: ${oneLine(where)}`;
}

function pkcs7Note(smimeType: string): string {
  if (smimeType === 'signed-data')
    return 'The text of this message is inside its S/MIME signature, which is not unpacked';
  if (smimeType === 'compressed-data')
    return 'The text of this message is compressed by S/MIME and not unpacked';
  return encryptedWith('S/MIME');
}

function signedWith(method: string): string {
  return `This message is signed with ${method}; the signature was not checked`;
}

function encryptedWith(method: string): string {
  return `This message is encrypted with ${method}: its text can only be read with the key of a recipient`;
}

const longestPrologue = 4_000;

/** PGP in the text itself (RFC 9580, sections 6.2 and 7). */
function pgpNote({ body }: MessagePart, mimeType: string): string | null {
  if (!mimeType.startsWith('text/') || body.data === undefined) return null;
  const beginning = Buffer.from(body.data.slice(0, longestPrologue), 'base64url').toString('latin1');
  if (beginning.includes('-----BEGIN PGP MESSAGE-----')) return encryptedWith('PGP');
  return beginning.includes(pgpSignedBegin) ? signedWith('PGP') : null;
}
