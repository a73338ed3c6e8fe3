import { Injectable } from '@nestjs/common';
import type { McpCaller } from '../guards/mcp-request.js';
import type { InstanceUploads } from '../uploads/instance-uploads.js';
import { StoredUploads } from '../uploads/stored-uploads.js';
import { MailBytes } from '../uploads/mail-bytes.js';
import { UploadLinks } from '../uploads/upload-links.js';

/** The uploads of a caller's instance. */
@Injectable()
export class CallerUploads {
  constructor(
    private readonly stored: StoredUploads,
    private readonly links: UploadLinks,
    /** Counts the mail that they are sent with. */
    readonly mailBytes: MailBytes,
  ) {}

  of({
    instance,
    holder,
    tokenExpiresAt,
  }: Pick<McpCaller, 'instance' | 'holder' | 'tokenExpiresAt'>): InstanceUploads {
    const place = { tenantId: instance.tenantId, instanceId: instance.id };
    return {
      create: async (file) => {
        const { uploadId, expiresAt } = await this.stored.create(place, file);
        const tokenEndsAtMs = tokenExpiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
        const expiresAtSeconds = Math.floor(Math.min(expiresAt.getTime(), tokenEndsAtMs) / 1000);
        const url = this.links.issue({ ...place, holder, uploadId, expiresAtSeconds });
        return { uploadId, url, expiresAt: new Date(expiresAtSeconds * 1000) };
      },
      describe: (uploadId) => this.stored.describe({ ...place, uploadId }),
      read: (uploadId) => this.stored.read({ ...place, uploadId }),
    };
  }
}
