import { z } from 'zod';

/** What a link opens, for whom, and until when. */
export interface LinkedPart {
  tenantId: string;
  instanceId: string;
  /** The MCP token that was given the link: it is good no longer than that is. */
  tokenId: string;
  messageId: string;
  partId: string;
  expiresAtSeconds: number;
}

const written = z.tuple([z.string(), z.string(), z.string(), z.string(), z.string(), z.number()]);

/** As short text, since it stands in a URL. */
export function writeLinkedPart(part: LinkedPart): string {
  const { tenantId, instanceId, tokenId, messageId, partId, expiresAtSeconds } = part;
  return JSON.stringify([tenantId, instanceId, tokenId, messageId, partId, expiresAtSeconds]);
}

/** @throws Error for a text that {@link writeLinkedPart} has not written */
export function readLinkedPart(text: string): LinkedPart {
  const [tenantId, instanceId, tokenId, messageId, partId, expiresAtSeconds] = written.parse(
    JSON.parse(text),
  );
  return { tenantId, instanceId, tokenId, messageId, partId, expiresAtSeconds };
}
