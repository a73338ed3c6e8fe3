import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';

const compress = promisify(gzip);

/** The built module of `console/connect`, in the forms in which it is sent. */
export interface BuiltElement {
  plain: Buffer;
  gzipped: Buffer;
  etag: string;
}

/** Holds the custom element that other origins' pages load; `npm run build` makes it. */
@Injectable()
export class ConnectElement implements OnModuleInit {
  private readonly logger = new Logger(ConnectElement.name);
  private built: BuiltElement | null = null;

  async onModuleInit(): Promise<void> {
    try {
      // The path is an import of package.json, for it is the same from the sources and from the build.
      const plain = await readFile(createRequire(import.meta.url).resolve('#evergrant-connect.js'));
      // Weak: the same in both encodings (RFC 9110 section 8.8.1).
      const etag = `W/"${createHash('sha256').update(plain).digest('base64url')}"`;
      this.built = { plain, gzipped: await compress(plain), etag };
    } catch (cause) {
      // Mailboxes are served all the same.
      this.logger.error({
        msg: 'evergrant-connect.js is not built, pages of other origins cannot load it: run npm run build',
        cause: String(cause),
      });
    }
  }

  /** Null where it was not built. */
  get module(): BuiltElement | null {
    return this.built;
  }
}
