/** Where an act stands. */
export const actStates = [
  'held',
  'approved',
  'rejected',
  'expired',
  'intended',
  'done',
  'not_sent',
  'unknown',
] as const;
export type ActState = (typeof actStates)[number];

/** What happens to an act. */
export const actEvents = [
  'approve',
  'reject',
  'expire',
  /** A process has taken it to carry it out. */
  'intend',
  /** It could not be carried out yet, and provably was not. */
  'defer',
  /** It is among the sent mail, or Gmail said so. */
  'succeed',
  /** It provably was not carried out, and will not be. */
  'fail',
  /** It may have been carried out; no one could tell. */
  'lose',
] as const;
export type ActEventKind = (typeof actEvents)[number];

const nextStates = {
  held: { approve: 'approved', reject: 'rejected', expire: 'expired' },
  approved: { intend: 'intended', fail: 'not_sent' },
  intended: {
    intend: 'intended',
    defer: 'approved',
    succeed: 'done',
    fail: 'not_sent',
    lose: 'unknown',
  },
  // Looked for again later, and carried out again if it is absent and a person had approved it.
  unknown: { intend: 'intended', succeed: 'done', fail: 'not_sent', lose: 'unknown' },
  rejected: {},
  expired: {},
  done: {},
  not_sent: {},
} as const satisfies Record<ActState, Partial<Record<ActEventKind, ActState>>>;

/** The state after an event; null where it cannot happen. */
export function stateAfter(state: ActState, event: ActEventKind): ActState | null {
  const after: Partial<Record<ActEventKind, ActState>> = nextStates[state];
  return after[event] ?? null;
}

/** The states in which an event can happen. */
export function statesBefore(event: ActEventKind): ActState[] {
  return actStates.filter((state) => stateAfter(state, event) !== null);
}

/** Whether nothing happens to it any more. */
export function hasEnded(state: ActState): boolean {
  return Object.keys(nextStates[state]).length === 0;
}
