import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { WebhookSeal, type WebhookPlace } from './webhook-seal.js';

/** Standard Webhooks asks for 24 to 64 bytes. */
const secretBytes = 32;

/** A secret as it is shown once, and as it is kept. */
export interface NewSecret {
  secret: string;
  sealed: string;
}

/** The sealed secrets of a webhook that sign at this moment; the former one during the overlap of a rotation. */
export interface SealedSecrets {
  secret: string;
  formerSecret: string | null;
}

/** Secrets by which receivers know what comes from us (Standard Webhooks, `whsec_` and base64). */
@Injectable()
export class WebhookSecrets {
  constructor(private readonly seal: WebhookSeal) {}

  async draw(place: WebhookPlace): Promise<NewSecret> {
    const secret = `whsec_${randomBytes(secretBytes).toString('base64')}`;
    await this.seal.prepare(place.tenantId);
    return { secret, sealed: await this.seal.seal(place, secret) };
  }

  /** Those that sign, the newest first; empty, after the alarm, where they do not open. */
  async opened(place: WebhookPlace, { secret, formerSecret }: SealedSecrets): Promise<string[]> {
    const current = await this.seal.open(place, secret);
    if (current === null) return [];
    const former = formerSecret === null ? null : await this.seal.open(place, formerSecret);
    return former === null ? [current] : [current, former];
  }
}
