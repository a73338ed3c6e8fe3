import { randomBytes } from 'node:crypto';

/** Makes ids as long as Gmail's. */
const nonceBytes = 240;

/** A fresh id for the body of a part. Like Gmail's it differs from read to read, and every one stays valid. */
export function attachmentIdOf(partId: string): string {
  return `ANGjdJ${Buffer.concat([randomBytes(nonceBytes), Buffer.from(partId)]).toString('base64url')}`;
}

/** The part that an id stands for; undefined for anything that is no id. */
export function readAttachmentId(attachmentId: string): string | undefined {
  const bytes = Buffer.from(/^ANGjdJ([\w-]+)$/.exec(attachmentId)?.[1] ?? '', 'base64url');
  return bytes.length < nonceBytes ? undefined : bytes.subarray(nonceBytes).toString();
}
