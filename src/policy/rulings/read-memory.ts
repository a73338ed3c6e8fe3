import { setImmediate as answerFirst } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnModuleInit,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Clock, ReadCache, Recurrence } from '../../resilience/index.js';
import type { OutboundAct } from '../acts/outbound-act.js';
import type { ActFacts, ActSender } from '../acts/outbound-rules.js';
import { copiedThreads } from '../memory/copied-runs.js';
import { ReadFingerprints, type ReadText } from '../memory/read-fingerprints.js';
import type { EffectivePolicy } from '../rules/effective-policy.js';
import type { CopiedFact } from '../rules/outbound-facts.js';
import { HeldPolicies } from './held-policies.js';
import { outgoingTexts, plainText } from './outgoing-texts.js';

const cachedPolicies = 10_000;
/** What is read while so much waits to be remembered is not: better than to run out of memory. */
const mostWaiting = 1_000;
/** Of further ones it is not asked who takes part in them. */
const mostAskedAbout = 5;
const pruneEveryMs = 600_000;

/** What each connection has lately read, so that it is noticed in what it sends. */
@Injectable()
export class ReadMemory implements OnModuleInit, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly logger = new Logger(ReadMemory.name);
  private readonly policies: ReadCache<EffectivePolicy>;
  /** By instance. */
  private readonly underWay = new Map<string, Set<Promise<void>>>();
  private waiting = 0;
  private readonly pruning = new Recurrence(pruneEveryMs, () => this.prune());

  constructor(
    private readonly held: HeldPolicies,
    private readonly store: ReadFingerprints,
    clock: Clock,
  ) {
    this.policies = new ReadCache({ capacity: cachedPolicies, nowMs: () => clock.monotonicMs() });
  }

  onModuleInit(): void {
    this.pruning.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.pruning.stop();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([...this.underWay.values()].flatMap((works) => [...works]));
  }

  /** Remembers what a tool gives out, behind the back of its caller. Never throws. */
  remember(sender: ActSender, texts: readonly ReadText[]): void {
    this.add(sender, texts, (text) => this.store.keep(sender, text));
  }

  /** Remembers what a caller has written into drafts, and has not read before: to read it again tells nothing new. */
  rememberWritten(sender: ActSender, texts: readonly ReadText[]): void {
    this.add(sender, texts, (text) => this.store.keepWritten(sender, text));
  }

  private add(sender: ActSender, texts: readonly ReadText[], keep: (text: ReadText) => Promise<void>): void {
    if (texts.length === 0 || this.waiting >= mostWaiting) return;
    this.waiting += 1;
    const works = this.underWay.get(sender.id) ?? new Set();
    // What is read and what is written is told apart by what came first.
    const before = Promise.all([...works]);
    const work = this.kept(sender, async () => {
      await before;
      await Promise.all(texts.map(keep));
    }).finally(() => {
      this.waiting -= 1;
      works.delete(work);
      if (works.size === 0) this.underWay.delete(sender.id);
    });
    this.underWay.set(sender.id, works.add(work));
  }

  /**
   * The other conversations whose words an act gives away, as far as they were read by its connection.
   * @throws when the database cannot be asked
   */
  async copiedBy(sender: ActSender, act: OutboundAct, facts: ActFacts): Promise<CopiedFact[]> {
    // An agent may send what it has read a moment ago.
    await Promise.all([...(this.underWay.get(sender.id) ?? [])]);
    const added = facts.added.flatMap((each) => [each, plainText(each)]);
    const ownThreadId = 'message' in act ? act.message.threadId : null;
    const threads = new Set<string>();
    for (const { text } of outgoingTexts(act)) {
      const windows = await this.store.windowsOf(sender, text, added);
      const readIn = await this.store.readIn(sender, windows);
      for (const threadId of copiedThreads(windows, readIn, ownThreadId)) threads.add(threadId);
    }
    return Promise.all(
      [...threads].map(async (threadId, index) => ({
        threadId,
        participants: index < mostAskedAbout ? await facts.participantsOf(threadId) : new Set<string>(),
      })),
    );
  }

  private async kept(sender: ActSender, keep: () => Promise<void>): Promise<void> {
    try {
      await answerFirst();
      const policy = await this.policies.get(sender.id, () => this.held.of(sender));
      if (policy?.secrets === 'allow') return;
      await keep();
    } catch (cause) {
      this.logger.warn({
        msg: 'What was read could not be remembered',
        instanceId: sender.id,
        cause: String(cause),
      });
    }
  }

  private async prune(): Promise<void> {
    try {
      await this.store.prune();
    } catch (cause) {
      this.logger.warn({ msg: 'What was read could not be forgotten', cause: String(cause) });
    }
  }
}
