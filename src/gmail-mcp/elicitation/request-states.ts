import { z } from 'zod';
import type { PurposeSeal } from '../../credentials/index.js';
import type { DatabaseClock } from '../../database/index.js';
import type { McpCaller } from '../guards/mcp-request.js';
import { holderKey } from '../token-holder.js';

/** As long as a consent may take that was begun with the link (see "Try again"). */
const lifeSeconds = 3600;

const written = z.tuple([z.string(), z.string(), z.string(), z.number()]);

type StateHolder = Pick<McpCaller, 'instance' | 'holder'>;

/**
 * The `requestState` of revision 2026-07-28 (Multi Round-Trip Requests): what a client brings back when it repeats a call
 * that it was asked about. It is sealed for one caller, one instance and one method, for an hour, and says no more
 * than that the question was asked: nothing that is checked elsewhere is taken from it.
 */
export class RequestStates {
  constructor(
    private readonly seal: PurposeSeal,
    private readonly clock: DatabaseClock,
  ) {}

  async issue({ instance, holder }: StateHolder, method: string): Promise<string> {
    const endsAtMs = (await this.clock.nowMs()) + lifeSeconds * 1000;
    return this.seal.seal(JSON.stringify([instance.id, holderKey(holder), method, endsAtMs]));
  }

  /** @throws Error, never with what the state says, for one of another holder or method, or that is over, or not ours */
  async verify(state: string, { instance, holder }: StateHolder, method: string): Promise<void> {
    const text = this.seal.open(state);
    if (text === null) throw new Error('not a state of ours');
    const [itsInstance, itsHolder, itsMethod, endsAtMs] = written.parse(JSON.parse(text));
    if (itsInstance !== instance.id || itsHolder !== holderKey(holder) || itsMethod !== method)
      throw new Error('the state of another call');
    if ((await this.clock.nowMs()) >= endsAtMs) throw new Error('expired');
  }
}
