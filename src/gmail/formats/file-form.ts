import { Unreadable } from '../archives/unreadable.js';

/** What a file is by its bytes. */
export type FileForm = 'pdf' | 'zip' | 'encrypted' | 'text' | 'unsupported';

const startBytes = 4_096;
const compoundFile = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';
const encryptedPackage = Buffer.from('EncryptedPackage', 'utf16le');

/**
 * What a file is, whatever its name and type say. An Office file with a password is a compound file that holds the
 * encrypted package ([MS-OFFCRYPTO], section 2.3.4); other compound files are Word, Excel and PowerPoint before 2007.
 */
export function fileForm(bytes: Buffer): FileForm {
  const start = bytes.toString('latin1', 0, startBytes);
  // Readers look for the header within the first kilobyte (ISO 32000-1, annex H).
  if (start.slice(0, 1_024).includes('%PDF-')) return 'pdf';
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06')) return 'zip';
  if (start.startsWith(compoundFile)) return bytes.includes(encryptedPackage) ? 'encrypted' : 'unsupported';
  if (start.startsWith('{\\rtf') || bytes.length === 0) return 'unsupported';
  return isText(start) ? 'text' : 'unsupported';
}

/** No text holds zero bytes but UTF-16, which begins with its mark. */
function isText(start: string): boolean {
  if (/^(?:\xff\xfe|\xfe\xff)/.test(start)) return true;
  // eslint-disable-next-line no-control-regex -- these are what it looks for
  return !/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(start);
}

/** @throws Unreadable for a file that is no PDF and no archive */
export function documentForm(bytes: Buffer): 'pdf' | 'zip' {
  const form = fileForm(bytes);
  if (form === 'pdf' || form === 'zip') return form;
  throw new Unreadable(form === 'encrypted' ? 'encrypted' : 'unsupported');
}
