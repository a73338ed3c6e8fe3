import { Injectable } from '@nestjs/common';
import { TokenBroker } from '../../credentials/index.js';
import { EvergrantError, toEvergrantError } from '../../errors/index.js';
import { attachedFile, type AttachedFile, gmailScopes, type Mailbox } from '../../gmail/index.js';
import { scopeDecision, type Instance } from '../../instances/index.js';
import { FairQueue, QueueRefused } from '../../resilience/index.js';
import { CallerMailboxes } from '../calls/caller-mailboxes.js';
import { GrantedTokens } from '../sending/granted-tokens.js';
import type { LinkedPart } from '../links/attachment-link.js';
import { refuseUnlessAllowed } from '../scope-refusal.js';
import { LinkHolders } from './link-holders.js';

const scopes = [gmailScopes.readonly];
const retryAfterSeconds = 5;

/** Takes a file; throws nothing once it has passed bytes on. */
export type TakeFile = (file: AttachedFile, bytes: AsyncIterable<Buffer>) => Promise<void>;

/** Fetches from Gmail what a link opens, at the pace at which it is taken. */
@Injectable()
export class AttachmentDownloads {
  /** A slow client holds a connection to Gmail: few of one mailbox, so that its tool calls go on beside. */
  private readonly queue = new FairQueue({
    ...{ total: 60, perOwner: 20, perLane: 4, waitingPerLane: 20 },
    longestWaitMs: 10_000,
  });

  constructor(
    private readonly holders: LinkHolders,
    private readonly broker: TokenBroker,
    private readonly mailboxes: CallerMailboxes,
  ) {}

  /**
   * @param onAdmitted hears whose download it is, before anything is fetched
   * @throws EvergrantError as `LinkHolders.open` does; as the broker and the mailbox do, about the instance
   */
  async download(
    link: string,
    { signal, onAdmitted }: { signal: AbortSignal; onAdmitted: (tenantId: string) => void },
    take: TakeFile,
  ): Promise<void> {
    const { part, instance } = await this.holders.open(link);
    onAdmitted(instance.tenantId);
    try {
      const turn = { owner: instance.tenantId, lane: instance.id };
      await this.queue.run(turn, () => this.fetch(part, instance, signal, take), signal);
    } catch (thrown) {
      throw told(thrown).about(instance.id);
    }
  }

  private async fetch(
    { messageId, partId }: LinkedPart,
    instance: Instance,
    signal: AbortSignal,
    take: TakeFile,
  ): Promise<void> {
    const { mailbox } = this.mailboxes.openToRead(await this.tokensOf(instance), instance, signal);
    const file = attachedFile(
      await mailbox.getMessage(messageId, { format: 'full', largeText: false }),
      partId,
    );
    await passOn(mailbox, messageId, file, take);
  }

  private async tokensOf({ credentialId, scopes: asked }: Instance): Promise<GrantedTokens> {
    // Whatever the grant is like: no sign-in opens what the instance does not ask for.
    refuseUnlessAllowed(scopeDecision({ asked, granted: null }, scopes), scopes);
    if (credentialId === null) throw new EvergrantError('OAUTH_FLOW_REQUIRED');
    const tokens = new GrantedTokens(
      this.broker,
      credentialId,
      asked,
      await this.broker.accessToken(credentialId),
    );
    tokens.admit(scopes);
    return tokens;
  }
}

async function passOn(
  mailbox: Mailbox,
  messageId: string,
  file: AttachedFile,
  take: TakeFile,
): Promise<void> {
  const { attachmentId, data } = file;
  if (attachmentId !== undefined) {
    await mailbox.downloadAttachment(messageId, attachmentId, (bytes) => take(file, bytes));
    return;
  }
  if (data === undefined)
    throw new EvergrantError('NOT_FOUND', {
      message: 'Gmail hands out no file for this part - get_message reads it',
    });
  await take(file, only(Buffer.from(data, 'base64url')));
}

async function* only(bytes: Buffer): AsyncGenerator<Buffer, void, undefined> {
  yield await Promise.resolve(bytes);
}

function told(thrown: unknown): EvergrantError {
  if (!(thrown instanceof QueueRefused)) return toEvergrantError(thrown);
  return new EvergrantError('RATE_LIMITED', {
    ...{ reason: 'downloads_at_once', retryAfterSeconds, cause: thrown },
    message: 'Too many downloads from this mailbox at once',
  });
}
