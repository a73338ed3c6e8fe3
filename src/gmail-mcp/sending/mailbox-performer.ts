import { EvergrantError } from '../../errors/index.js';
import type { AccessTokenSource, GmailClient, OpenMailbox } from '../../gmail/index.js';
import type { Instance } from '../../instances/index.js';
import {
  ActPerformer,
  type ActOrder,
  type ActOutcome,
  type ActTrace,
  type DraftAct,
  type OneClickAct,
  type OutboundRequest,
} from '../../policy/index.js';
import { failedOutcome } from './failed-outcome.js';
import type { ListServers } from './list-servers.js';
import { mailboxPlace } from './mailbox-place.js';
import { oneClickOutcome } from './one-click-outcome.js';

/** What it sends was counted when it was put. */
const countedAlready = { reserve: async () => ({ giveBack: async () => undefined }) };

/** Carries acts out in one mailbox. */
export class MailboxPerformer extends ActPerformer {
  private lastOpened: OpenMailbox | null = null;

  constructor(
    private readonly gmail: GmailClient,
    private readonly tokens: AccessTokenSource,
    private readonly instance: Instance,
    private readonly listServers: ListServers,
    /** Of the caller, who may hang up before it goes out. */
    private readonly caller?: AbortSignal,
  ) {
    super();
  }

  override async perform({ request, recipients }: ActOrder, signal: AbortSignal): Promise<ActOutcome> {
    const until = this.caller === undefined ? signal : AbortSignal.any([signal, this.caller]);
    try {
      if (request.method === 'one_click')
        return oneClickOutcome(await this.listServers.ask(request.url, until));
      const sent = await this.send(this.open(until), request, recipients);
      return { status: 'done', id: sent.id, threadId: sent.threadId, labelIds: sent.labelIds };
    } catch (failure) {
      if (failure instanceof EvergrantError)
        return failure.reason === 'outcomeUnknown' ? { status: 'unknown' } : failedOutcome(failure);
      // It is thrown as long as nothing has gone out, and not afterwards.
      if (until.aborted && failure === until.reason) return failedOutcome(notBegun(failure));
      return { status: 'unknown' };
    }
  }

  override async trace({ request }: ActOrder, intendedSecondsAgo: number): Promise<ActTrace> {
    // Asking again does what asking once does, so that it need not be found.
    if (request.method === 'one_click') return { status: 'absent' };
    const open = this.open();
    try {
      if (request.method === 'settings') return await settingTrace(open, request);
      const found =
        request.messageId !== null ? await open.sentMail.find(request.messageId, intendedSecondsAgo) : null;
      if (found?.status === 'found') {
        const { id, threadId, labelIds } = found.message;
        return { status: 'done', id, threadId, labelIds };
      }
      if (request.method === 'drafts.send') return await draftTrace(open, request);
      return found ?? { status: 'unclear' };
    } catch {
      return { status: 'unclear' };
    }
  }

  /** What the last request left of the mailbox's quota; null where there was none. */
  quotaLeft(): ReturnType<OpenMailbox['quotaLeft']> {
    return this.lastOpened?.quotaLeft() ?? null;
  }

  private async send(
    { outbox, drafts, settings }: OpenMailbox,
    request: Exclude<OutboundRequest, OneClickAct['request']>,
    recipients: number,
  ): Promise<Omit<ActOutcome & { status: 'done' }, 'status'>> {
    switch (request.method) {
      case 'messages.send': {
        const { raw, messageId, threadId } = request;
        const mime = Buffer.from(raw, 'base64url');
        return outbox.sendMessage({ mime, messageId, ...(threadId === null ? {} : { threadId }) });
      }
      case 'drafts.send': {
        const { message } = await drafts.get(request.draftId, 'metadata');
        if (message.id !== request.draftMessageId) throw draftChanged();
        return outbox.sendDraft(request.draftId, request.messageId, recipients);
      }
      case 'settings':
        await settings.apply(request);
        return { id: null, threadId: null, labelIds: [] };
    }
  }

  private open(signal?: AbortSignal): OpenMailbox {
    const terms = { permits: countedAlready, ...mailboxPlace(this.instance) };
    this.lastOpened = this.gmail.open(this.tokens, signal, terms);
    return this.lastOpened;
  }
}

async function settingTrace(
  { settings }: OpenMailbox,
  request: OutboundRequest & { method: 'settings' },
): Promise<ActTrace> {
  const isSet = await settings.isSetSo(request);
  return isSet ? { status: 'done', id: null, threadId: null, labelIds: [] } : { status: 'absent' };
}

/** A draft that is still among the drafts was not sent; one that is gone was sent, or deleted. */
async function draftTrace({ drafts }: OpenMailbox, { draftId }: DraftAct['request']): Promise<ActTrace> {
  try {
    await drafts.get(draftId, 'metadata');
    return { status: 'absent' };
  } catch {
    return { status: 'unclear' };
  }
}

function draftChanged(): EvergrantError {
  return new EvergrantError('CONFLICT', {
    reason: 'draft_changed',
    message:
      'Nothing was sent: the draft was changed since it was read. Send it as it is now, if the user agrees',
  });
}

function notBegun(cause: unknown): EvergrantError {
  return new EvergrantError('SERVICE_UNAVAILABLE', {
    reason: 'not_begun',
    retryAfterSeconds: 10,
    message: 'Nothing was sent: it could not go out in time',
    cause,
  });
}
