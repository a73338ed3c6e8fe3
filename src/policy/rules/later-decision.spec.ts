import { describe, expect, it } from '@jest/globals';
import type { OutboundDecision } from './decide-outbound-act.js';
import { laterDecision } from './later-decision.js';
import type { PolicyReason } from './policy-reasons.js';

const bea: PolicyReason = { code: 'new_recipient', subjects: ['bea@example.com'] };
const beaAndEve: PolicyReason = { code: 'new_recipient', subjects: ['bea@example.com', 'eve@example.com'] };
const kind: PolicyReason = { code: 'act_kind', subjects: [] };

function ask(...reasons: PolicyReason[]): OutboundDecision {
  return { verdict: 'ask', reasons };
}

describe('an act that is decided on again when it is carried out', () => {
  it.each<[string, OutboundDecision, PolicyReason[], object]>([
    ['goes out, if it is allowed by now', { verdict: 'allow' }, [bea], { verdict: 'allow' }],
    ['goes out for the reasons that were approved', ask(bea), [bea, kind], { verdict: 'allow' }],
    ['goes out for fewer people than were approved', ask(bea), [beaAndEve], { verdict: 'allow' }],
    [
      'waits for a new approval for other people',
      ask(beaAndEve),
      [bea],
      { verdict: 'not_approved', codes: ['new_recipient'] },
    ],
    [
      'waits for a new approval for another reason',
      ask(bea, kind),
      [bea],
      { verdict: 'not_approved', codes: ['act_kind'] },
    ],
    [
      'waits for an approval, if it was allowed before',
      ask(kind),
      [],
      { verdict: 'not_approved', codes: ['act_kind'] },
    ],
    [
      'does not go out, if it is denied by now, even for what was approved',
      { verdict: 'deny', reasons: [bea] },
      [bea],
      { verdict: 'denied', codes: ['new_recipient'] },
    ],
  ])('%s', (_case, decision, approved, later) => {
    expect(laterDecision(decision, approved)).toEqual(later);
  });
});
