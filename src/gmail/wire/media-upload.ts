import { randomUUID } from 'node:crypto';

/**
 * A body for Gmail's upload URI: what it is, and the mail as it stands, not in base64url. One request, so that it is
 * carried out once or not at all. https://developers.google.com/workspace/gmail/api/guides/uploads#multipart
 */
export class MediaUpload {
  readonly contentType: string;
  readonly contentLength: number;
  private readonly pieces: readonly Buffer[];

  constructor(about: object, mail: Buffer) {
    // Cannot stand in a mail: it was not thought of when that was written.
    const boundary = randomUUID();
    const head =
      `--${boundary}\r\ncontent-type: application/json; charset=utf-8\r\n\r\n${JSON.stringify(about)}\r\n` +
      `--${boundary}\r\ncontent-type: message/rfc822\r\n\r\n`;
    this.pieces = [Buffer.from(head), mail, Buffer.from(`\r\n--${boundary}--\r\n`)];
    this.contentType = `multipart/related; boundary=${boundary}`;
    this.contentLength = this.pieces.reduce((sum, { length }) => sum + length, 0);
  }

  /** The same bytes each time. */
  *chunks(): Generator<Buffer> {
    for (const piece of this.pieces)
      for (let at = 0; at < piece.length; at += chunkBytes) yield piece.subarray(at, at + chunkBytes);
  }
}

/** As much as a connection takes at a time: a whole mail would lie in its buffer as well. */
const chunkBytes = 256 * 1024;
