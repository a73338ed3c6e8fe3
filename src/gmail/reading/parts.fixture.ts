import type { MessagePart } from '../client/answers.js';

/** A part of a message as Gmail gives it, as far as it matters. */
export type Part = Partial<Omit<MessagePart, 'parts'>> & { parts?: Part[] };

export function text(mimeType: string, content: string | Buffer, extra: Part = {}): Part {
  return {
    mimeType,
    body: { size: content.length, data: Buffer.from(content).toString('base64url') },
    ...extra,
  };
}

export function plain(content: string, extra?: Part) {
  return text('text/plain', content, extra);
}

export function html(content: string) {
  return text('text/html', content);
}

export function multipart(subtype: string, ...parts: Part[]): Part {
  return {
    mimeType: `multipart/${subtype}`,
    parts,
  };
}

export function file(filename: string, mimeType: string): Part {
  return {
    mimeType,
    filename,
    body: { attachmentId: `id-of-${filename}`, size: 9 },
  };
}

export function headers(values: Record<string, string>) {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}
