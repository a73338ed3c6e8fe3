import { Injectable } from '@nestjs/common';
import { PurposeSeal } from '../../credentials/index.js';
import { DatabaseClock } from '../../database/index.js';
import { EvergrantError } from '../../errors/index.js';
import { McpOptions } from '../mcp-options.js';
import { type LinkedPart, readLinkedPart, writeLinkedPart } from './attachment-link.js';

const lifeSeconds = 600;

/** Where the attachment stands. */
export type AttachedPart = Pick<LinkedPart, 'messageId' | 'partId'>;

export interface AttachmentLink {
  url: string;
  expiresAt: Date;
}

/** Who is given a link. */
export type LinkHolder = Pick<LinkedPart, 'tenantId' | 'instanceId' | 'holder'> & {
  /** When the token ends; null for never. */
  tokenExpiresAt: Date | null;
};

/**
 * Links under which one part of one message can be downloaded for ten minutes. All that one says is sealed in it, so
 * that nothing is stored, and it tells nothing to those who see it pass.
 */
@Injectable()
export class AttachmentLinks {
  constructor(
    private readonly seal: PurposeSeal,
    private readonly options: McpOptions,
    private readonly clock: DatabaseClock,
  ) {}

  async issue({ tokenExpiresAt, ...holder }: LinkHolder, part: AttachedPart): Promise<AttachmentLink> {
    const tokenEndsAtMs = tokenExpiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
    const endsAtMs = Math.min((await this.clock.nowMs()) + lifeSeconds * 1000, tokenEndsAtMs);
    const expiresAtSeconds = Math.floor(endsAtMs / 1000);
    const sealed = this.seal.seal(writeLinkedPart({ ...holder, ...part, expiresAtSeconds }));
    return {
      url: `${this.options.publicUrl}/api/attachments/${sealed}`,
      expiresAt: new Date(expiresAtSeconds * 1000),
    };
  }

  /** @throws EvergrantError `NOT_FOUND` for what is no link of ours (`link_unknown`), or one that is over (`link_expired`) */
  async open(sealed: string): Promise<LinkedPart> {
    const text = this.seal.open(sealed);
    if (text === null) throw linkGone('link_unknown');
    const part = readLinkedPart(text);
    if ((await this.clock.nowMs()) >= part.expiresAtSeconds * 1000) throw linkGone('link_expired');
    return part;
  }
}

const messages = {
  link_unknown: 'This is no link to an attachment, or not all of one',
  link_expired: 'This link has expired - call get_attachment again for a new one',
  link_withdrawn:
    'What this link was made for is gone: the token, the authorization or the instance was deleted',
} as const;

/** Why a link opens nothing, whatever Google says. */
export function linkGone(reason: keyof typeof messages): EvergrantError {
  return new EvergrantError('NOT_FOUND', { reason, message: messages[reason] });
}
