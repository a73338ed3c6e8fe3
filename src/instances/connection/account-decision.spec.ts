import { describe, expect, it } from '@jest/globals';
import {
  accountDecision,
  decisionAfter,
  heldGrant,
  type AccountDecision,
  type HeldGrant,
  type KnownAccount,
  type MailboxAnswer,
} from './account-decision.js';

function account(subject: string | null, email: string | null): KnownAccount {
  return { subject, email };
}
function live(subject: string | null, email: string | null): HeldGrant {
  return { state: 'live', account: account(subject, email) };
}
function dead(subject: string | null, email: string | null): HeldGrant {
  return { state: 'dead', account: account(subject, email) };
}
const ann = account('1', 'ann@example.com');
const bob = account('2', 'bob@example.com');
const unknown = account(null, null);

describe('a grant that comes for an instance', () => {
  it.each<[string, HeldGrant, KnownAccount, AccountDecision]>([
    ['nothing is held', { state: 'none' }, unknown, 'accept'],
    ['the subjects agree', live('1', 'old@example.com'), ann, 'accept'],
    ['the subjects differ, whatever the addresses say', live('2', 'ann@example.com'), ann, 'another_account'],
    ['the held one has an address only, of this account', live(null, 'Ann@Example.com'), ann, 'accept'],
    ['the held one has an address only, of another', live(null, 'ann@example.com'), bob, 'another_account'],
    [
      'the new one has an address only, of this account',
      live('1', 'ann@example.com'),
      account(null, 'ann@example.com'),
      'accept',
    ],
    [
      'the new one has an address only, of another',
      live('1', 'ann@example.com'),
      account(null, 'bob@example.com'),
      'another_account',
    ],
    ['a live one is of an unknown account', live(null, null), bob, 'ask_mailbox'],
    ['both are of unknown accounts', live(null, null), unknown, 'unproven'],
    ['the new one is of an unknown account', live('1', 'ann@example.com'), unknown, 'unproven'],
    ['a dead one is of an unknown account', dead(null, null), bob, 'accept'],
    ['a dead one is of a known account, as before', dead(null, 'ann@example.com'), bob, 'another_account'],
    ['a dead one is known and the new one is not', dead('1', 'ann@example.com'), unknown, 'unproven'],
  ])('where %s', (_case, held, offered, decision) => {
    expect(accountDecision(held, offered)).toBe(decision);
  });

  it.each<[string, MailboxAnswer, AccountDecision]>([
    ['tells this account', { status: 'told', email: 'BOB@example.com' }, 'accept'],
    ['tells another', { status: 'told', email: 'ann@example.com' }, 'another_account'],
    ['is dead', { status: 'dead' }, 'accept'],
    ['may never tell', { status: 'closed' }, 'another_account'],
    ['cannot be asked just now', { status: 'unanswered' }, 'unproven'],
  ])('when the mailbox of the held one %s', (_case, answer, decision) => {
    expect(decisionAfter(answer, bob)).toBe(decision);
  });
});

describe('a held grant', () => {
  const row = {
    ...({ credentialId: 'c', oauthStatus: 'completed', verdict: 'active', held: false } as const),
    ...unknown,
  };
  it.each([
    ['none without a credential', { ...row, credentialId: null }, 'none'],
    ['live', row, 'live'],
    ['dead when Google has called it so', { ...row, verdict: 'suspect' } as const, 'dead'],
    ['live while a hold doubts that', { ...row, verdict: 'suspect', held: true } as const, 'live'],
    ['dead when it failed', { ...row, oauthStatus: 'failed', verdict: 'failed' } as const, 'dead'],
    ['dead when it was never completed', { ...row, oauthStatus: 'pending' } as const, 'dead'],
  ])('is %s', (_case, given, state) => {
    expect(heldGrant(given).state).toBe(state);
  });
});
