import { Injectable, Logger } from '@nestjs/common';
import type { Mailbox } from '../../gmail/index.js';
import type { Instance } from '../../instances/index.js';
import {
  recipientsOf,
  type OutboundAct,
  type RecipientFact,
  type RecipientStanding,
} from '../../policy/index.js';
import { Clock, ReadCache } from '../../resilience/index.js';
import { addressesIn, standingOf } from './known-recipients.js';

/** So many recipients of an act are looked up; who comes after them counts as new. */
const mostLookedUp = 20;
const cachedStandings = 10_000;

const participantHeaders = ['From', 'To', 'Cc'];
const noOne: ReadonlySet<string> = new Set();

/** What a mailbox tells of those to whom an act goes. */
@Injectable()
export class RecipientFacts {
  private readonly logger = new Logger(RecipientFacts.name);
  /** Who is new is not remembered: the next mail may be theirs. */
  private readonly standings: ReadCache<{ standing: RecipientStanding }>;

  constructor(clock: Clock) {
    this.standings = new ReadCache({
      capacity: cachedStandings,
      nowMs: () => clock.monotonicMs(),
      keeps: ({ standing }) => standing !== 'new',
    });
  }

  /** Never rejects: of whom it cannot be told is new, and in no conversation. */
  async of(act: OutboundAct, mailbox: Mailbox, instance: Instance): Promise<RecipientFact[]> {
    const threadId = 'message' in act ? act.message.threadId : null;
    const participants = threadId === null ? noOne : await this.participantsOf(threadId, mailbox, instance);
    return Promise.all(
      recipientsOf(act).map(async (address, index): Promise<RecipientFact> => {
        const standing = index < mostLookedUp ? await this.standing(mailbox, instance, address) : 'new';
        return { address, standing, inConversation: participants.has(address.toLowerCase()) };
      }),
    );
  }

  /** All whom mail of a thread is from or to, in small letters. Never rejects: none where it cannot be told. */
  async participantsOf(threadId: string, mailbox: Mailbox, instance: Instance): Promise<ReadonlySet<string>> {
    try {
      const selection = { format: 'metadata', metadataHeaders: participantHeaders } as const;
      const { messages } = await mailbox.getThread(threadId, selection);
      const sent = messages.filter(({ labelIds }) => !labelIds.includes('DRAFT'));
      return new Set(sent.flatMap((message) => [...addressesIn(message, participantHeaders)]));
    } catch (cause) {
      this.tellOf(cause, instance);
      return noOne;
    }
  }

  private async standing(mailbox: Mailbox, instance: Instance, address: string): Promise<RecipientStanding> {
    const key = `${instance.id} ${address.toLowerCase()}`;
    try {
      const known = await this.standings.get(key, async () => ({
        standing: await standingOf(mailbox, address),
      }));
      return known?.standing ?? 'new';
    } catch (cause) {
      this.tellOf(cause, instance);
      return 'new';
    }
  }

  private tellOf(cause: unknown, { id }: Instance): void {
    this.logger.debug({
      msg: 'It could not be told whether a mailbox knows a recipient',
      instanceId: id,
      cause: String(cause),
    });
  }
}
