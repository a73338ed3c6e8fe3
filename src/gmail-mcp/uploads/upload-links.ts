import { z } from 'zod';
import type { PurposeSeal } from '../../credentials/index.js';
import type { DatabaseClock } from '../../database/index.js';
import { EvergrantError } from '../../errors/index.js';
import { readHolder, type TokenHolder, writeHolder, writtenHolder } from '../token-holder.js';

/** Where one file may be put, by whom, and until when. */
export interface UploadSlot {
  tenantId: string;
  instanceId: string;
  /** Who was given the link: it is good no longer than they may call. */
  holder: TokenHolder;
  uploadId: string;
  expiresAtSeconds: number;
}

const written = z.tuple([z.string(), z.string(), writtenHolder, z.string(), z.number()]);

/** Links under which one file can be uploaded. All that one says is sealed in it, and no token of Google's is. */
export class UploadLinks {
  constructor(
    private readonly seal: PurposeSeal,
    private readonly publicUrl: string,
    private readonly clock: DatabaseClock,
  ) {}

  issue({ tenantId, instanceId, holder, uploadId, expiresAtSeconds }: UploadSlot): string {
    const text = JSON.stringify([tenantId, instanceId, writeHolder(holder), uploadId, expiresAtSeconds]);
    return `${this.publicUrl}/api/uploads/${this.seal.seal(text)}`;
  }

  /** @throws EvergrantError `NOT_FOUND` for what is no link of ours (`link_unknown`), or one that is over (`link_expired`) */
  async open(sealed: string): Promise<UploadSlot> {
    const text = this.seal.open(sealed);
    if (text === null) throw uploadGone('link_unknown', 'This is no link for an upload, or not all of one');
    const [tenantId, instanceId, holder, uploadId, expiresAtSeconds] = written.parse(JSON.parse(text));
    if ((await this.clock.nowMs()) >= expiresAtSeconds * 1000)
      throw uploadGone('link_expired', 'This link has expired: ask the tool for a new one');
    return { tenantId, instanceId, holder: readHolder(holder), uploadId, expiresAtSeconds };
  }
}

/** Why there is nothing to upload to, or to send along. */
export function uploadGone(reason: string, message: string): EvergrantError {
  return new EvergrantError('NOT_FOUND', { reason, message });
}
