import { contentTypeParameter } from '../charsets/content-type.js';
import type { MessagePart } from '../client/answers.js';
import { headerOf, mimeTypeOf, placedParts } from '../client/message-parts.js';

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
    return `This message is signed with ${parameter('protocol').includes('pgp') ? 'PGP' : 'S/MIME'}; the signature was not checked`;
  if (pkcs7.test(mimeType)) return pkcs7Note(parameter('smime-type'));
  if (mimeType === 'application/ms-tnef' || part.filename.toLowerCase() === 'winmail.dat')
    return 'Outlook has packed text or files into winmail.dat, which is not unpacked';
  if (mimeType === 'message/partial') return 'This is one piece of a mail that was sent in several';
  return isPgpText(part, mimeType) ? encryptedWith('PGP') : null;
}

function pkcs7Note(smimeType: string): string {
  if (smimeType === 'signed-data')
    return 'The text of this message is inside its S/MIME signature, which is not unpacked';
  if (smimeType === 'compressed-data')
    return 'The text of this message is compressed by S/MIME and not unpacked';
  return encryptedWith('S/MIME');
}

function encryptedWith(method: string): string {
  return `This message is encrypted with ${method}: its text can only be read with the key of a recipient`;
}

const pgpBegin = '-----BEGIN PGP MESSAGE-----';
const longestPrologue = 4_000;

function isPgpText({ body }: MessagePart, mimeType: string): boolean {
  if (!mimeType.startsWith('text/') || body.data === undefined) return false;
  return Buffer.from(body.data.slice(0, longestPrologue), 'base64url').toString('latin1').includes(pgpBegin);
}
