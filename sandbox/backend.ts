import { Barrier } from './faults/barrier.js';
import { FaultRules } from './faults/fault-rules.js';
import type { FaultInjection } from './faults/inject-faults.js';
import { AccessTokens } from './grants/access-tokens.js';
import { AuthorizationCodes } from './grants/authorization-codes.js';
import { GrantStore } from './grants/grant-store.js';
import { UnitQuota } from './gmail/unit-quota.js';
import { Watches } from './gmail/watches.js';
import { IdTokens } from './grants/id-tokens.js';
import { Ledger } from './control/ledger.js';
import { Mailboxes } from './mail/mailboxes.js';
import { PostOffice } from './mail/post-office.js';
import { SentMails } from './mail/sent-mails.js';
import { SecurityEvents } from './risc/security-events.js';
import { Accounts } from './state/accounts.js';
import { Clients } from './state/clients.js';
import { SandboxClock } from './state/sandbox-clock.js';
import { SandboxState } from './state/sandbox-state.js';

/** Everything that the endpoints and the control port share. */
export interface Backend {
  state: SandboxState;
  clock: SandboxClock;
  accounts: Accounts;
  clients: Clients;
  grants: GrantStore;
  codes: AuthorizationCodes;
  accessTokens: AccessTokens;
  idTokens: IdTokens;
  mailboxes: Mailboxes;
  postOffice: PostOffice;
  sentMails: SentMails;
  faults: FaultInjection;
  ledger: Ledger;
  unitQuota: UnitQuota;
  watches: Watches;
  securityEvents: SecurityEvents;
}

export function openBackend(stateDir: string | null, closing: AbortSignal): Backend {
  const state = new SandboxState(stateDir);
  const clock = new SandboxClock(state);
  const accounts = new Accounts(state);
  const grants = new GrantStore(state);
  const idTokens = new IdTokens(state, clock);
  const watches = new Watches(clock, idTokens);
  const mailboxes = new Mailboxes(clock, (email, change) => watches.changed(email, change));
  const sentMails = new SentMails();
  return {
    state,
    clock,
    accounts,
    clients: new Clients(state),
    grants,
    codes: new AuthorizationCodes(clock),
    accessTokens: new AccessTokens(state, clock, accounts, grants),
    idTokens,
    securityEvents: new SecurityEvents(accounts, clock, idTokens),
    watches,
    mailboxes,
    postOffice: new PostOffice(accounts, mailboxes, clock, sentMails),
    sentMails,
    faults: { rules: new FaultRules(), barrier: new Barrier(), closing },
    ledger: new Ledger(),
    unitQuota: new UnitQuota(state, clock),
  };
}
