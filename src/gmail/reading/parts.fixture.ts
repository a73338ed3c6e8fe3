import type { MessagePart } from '../client/answers.js';

/** A part of a message as Gmail gives it, as far as it matters. */
export type Part = Partial<Omit<MessagePart, 'parts'>> & { parts?: Part[] };

export const text = (mimeType: string, content: string | Buffer, extra: Part = {}): Part => ({
  mimeType,
  body: { size: content.length, data: Buffer.from(content).toString('base64url') },
  ...extra,
});
export const plain = (content: string, extra?: Part) => text('text/plain', content, extra);
export const html = (content: string) => text('text/html', content);
export const multipart = (subtype: string, ...parts: Part[]): Part => ({
  mimeType: `multipart/${subtype}`,
  parts,
});
export const file = (filename: string, mimeType: string): Part => ({
  mimeType,
  filename,
  body: { attachmentId: `id-of-${filename}`, size: 9 },
});
export const headers = (values: Record<string, string>) =>
  Object.entries(values).map(([name, value]) => ({ name, value }));
