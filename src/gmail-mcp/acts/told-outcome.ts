import { EvergrantError } from '../../errors/index.js';
import type { ActOutcome } from '../../policy/index.js';
import { errorOfOutcome } from '../sending/failed-outcome.js';
import type { GateAnswer } from './gate-answer.js';

/** What the caller is told of what became of an act. @throws EvergrantError for all that was not done */
export function toldOutcome(
  outcome: ActOutcome,
  told: { recipients: number; earlier: boolean },
): GateAnswer & { status: 'sent' } {
  switch (outcome.status) {
    case 'done': {
      const { id, threadId, labelIds } = outcome;
      return { status: 'sent', id, threadId, labelIds, ...told };
    }
    case 'not_sent':
      throw errorOfOutcome(outcome);
    case 'unknown':
      throw new EvergrantError('UNKNOWN_ERROR', {
        reason: 'outcomeUnknown',
        message:
          "It is unknown whether the message was sent: Gmail's answer was lost, and it was not found among the sent " +
          'mail from here. Call again with the same arguments in a minute: it is looked for again, and never sent ' +
          'twice. Or look there (a search for in:sent)',
      });
  }
}
