import { z } from 'zod';
import { readHolder, type TokenHolder, writeHolder, writtenHolder } from '../token-holder.js';

/** What a link opens, for whom, and until when. */
export interface LinkedPart {
  tenantId: string;
  instanceId: string;
  /** Who was given the link: it is good no longer than they may call. */
  holder: TokenHolder;
  messageId: string;
  partId: string;
  expiresAtSeconds: number;
}

const written = z.tuple([z.string(), z.string(), writtenHolder, z.string(), z.string(), z.number()]);

/** As short text, since it stands in a URL. */
export function writeLinkedPart(part: LinkedPart): string {
  const { tenantId, instanceId, holder, messageId, partId, expiresAtSeconds } = part;
  return JSON.stringify([tenantId, instanceId, writeHolder(holder), messageId, partId, expiresAtSeconds]);
}

/** @throws Error for a text that {@link writeLinkedPart} has not written */
export function readLinkedPart(text: string): LinkedPart {
  const [tenantId, instanceId, holder, messageId, partId, expiresAtSeconds] = written.parse(JSON.parse(text));
  return { tenantId, instanceId, holder: readHolder(holder), messageId, partId, expiresAtSeconds };
}
