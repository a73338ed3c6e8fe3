import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { auditEntry } from '../../src/audit/chain/audit-entry.js';
import { queuedRevocation } from '../../src/credentials/grants/revocation-queue.js';
import { claimedCredential, leaseProgress } from '../../src/credentials/refresh/refresh-leases.js';
import {
  credentialSnapshot,
  credentialsWithClients,
  type CredentialSnapshot,
} from '../../src/credentials/store/credential-snapshot.js';
import { oauthClientRow } from '../../src/credentials/store/oauth-clients.js';
import { dataKeyRow } from '../../src/credentials/vault/data-keys.js';
import { changeRow } from '../../src/database/changes/change-log.js';
import { selectList, type Projection } from '../../src/database/index.js';
import { knownWatch } from '../../src/gmail-mcp/watches/stored-watches.js';
import { leasedWatch } from '../../src/gmail-mcp/watches/watch-leases.js';
import { mailboxChange } from '../../src/instances/events/mailbox-changes.js';
import { storedApiKey, verifiedApiKey } from '../../src/identity/holders/api-keys.js';
import { sessionsWithKeys, verifiedSession } from '../../src/identity/console/console-sessions.js';
import {
  connectSessionsWithKeys,
  verifiedConnectSession,
} from '../../src/identity/connect-sessions/connect-sessions.js';
import { storedMcpToken, verifiedMcpToken } from '../../src/identity/holders/mcp-tokens.js';
import { storedTenant } from '../../src/identity/holders/tenants.js';
import { approvalSurroundings, locatedApproval } from '../../src/policy/approvals/approvals.js';
import { authorization } from '../../src/identity/people/person-authorizations.js';
import { person } from '../../src/identity/people/people.js';
import { tokensOfPeople, verifiedPersonToken } from '../../src/identity/person-access/person-tokens.js';
import { wideningRow } from '../../src/identity/person-access/person-widenings.js';
import { mailboxOwner } from '../../src/identity/owners/owner-sessions.js';
import { consentFlow } from '../../src/instances/flows/consent-flow.js';
import { toldFlow } from '../../src/instances/flows/told-flows.js';
import { instanceRow, instancesWithCredentials } from '../../src/instances/directory/instance.js';
import { returnedSignIn } from '../../src/instances/owners/owner-sign-in-states.js';
import { personFlow } from '../../src/instances/people/person-sign-in-states.js';
import { historyEvent } from '../../src/instances/history/instance-history.js';
import { storedAct } from '../../src/policy/ledger/stored-act.js';
import { recordRow } from '../../src/sign-in/storage/sign-in-records.js';
import { signingKeyRow } from '../../src/sign-in/storage/signing-keys.js';
import { claimedDelivery } from '../../src/webhooks/delivery/claimed-delivery.js';
import { deliveriesWithEvents, storedDelivery } from '../../src/webhooks/log/stored-delivery.js';
import { storedWebhook } from '../../src/webhooks/registry/webhooks.js';
import { createTestDatabase, type TestDatabase } from '../setup/index.js';

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

type Kind = 'text' | 'number' | 'boolean' | 'date' | 'list' | 'record';

/** What a field of this type can be in a row; the compiler refuses another word for it. */
type KindOf<Value> =
  NonNullable<Value> extends Date
    ? 'date'
    : NonNullable<Value> extends boolean
      ? 'boolean'
      : NonNullable<Value> extends number
        ? 'number'
        : NonNullable<Value> extends string
          ? 'text'
          : NonNullable<Value> extends readonly unknown[]
            ? 'list'
            : 'record';

interface Read {
  what: string;
  projection: Projection<Record<string, unknown>>;
  from: string;
  kinds: Record<string, Kind>;
}

function read<Row extends object>(
  what: string,
  projection: Projection<Row>,
  from: string,
  kinds: { [Field in keyof Row]-?: KindOf<Row[Field]> },
): Read {
  return { what, projection: { ...projection }, from, kinds };
}

const snapshotKinds: { [Field in keyof CredentialSnapshot]-?: KindOf<CredentialSnapshot[Field]> } = {
  ...{ id: 'text', tenantId: 'text', oauthClientId: 'text', client: 'record', provider: 'text' },
  ...{ scopes: 'list', sealedAccessToken: 'text', sealedRefreshToken: 'text', tokenExpiresAt: 'date' },
  ...{ remainingSeconds: 'number', refreshedSecondsAgo: 'number', oauthStatus: 'text', verdict: 'text' },
  ...{ verdictSecondsAgo: 'number', held: 'boolean', clientOnHold: 'boolean', gateOpensInSeconds: 'number' },
  ...{ errorCode: 'text', errorReason: 'text', rotationObserved: 'boolean', consecutiveFailures: 'number' },
  ...{ failedSecondsAgo: 'number', attemptSecondsAgo: 'number', generation: 'number' },
  ...{ refreshVersion: 'number', readIn: 'text', useUnrecorded: 'boolean' },
};

/** Every projection of the code, where it reads from, and what its row type says of each field. */
const reads = [
  read('a tenant', storedTenant, 'tenants', {
    ...{ id: 'text', name: 'text', suspended: 'boolean', policy: 'record', createdAt: 'date' },
  }),
  read('an API key', storedApiKey, 'api_keys', {
    ...{ id: 'text', name: 'text', prefix: 'text', rights: 'list' },
    ...{ createdAt: 'date', expiresAt: 'date', lastUsedAt: 'date' },
  }),
  read('an API key that is presented', verifiedApiKey, 'api_keys', {
    ...{ id: 'text', tenantId: 'text', rights: 'list', expiresAt: 'date' },
    ...{ remainingSeconds: 'number', suspended: 'boolean', useUnrecorded: 'boolean' },
  }),
  read('a console session', verifiedSession, sessionsWithKeys, {
    ...{ tenantId: 'text', apiKeyId: 'text', rights: 'list', expiresAt: 'date' },
    ...{ suspended: 'boolean', useUnrecorded: 'boolean' },
  }),
  read('a link that widens', wideningRow, 'person_widenings w', {
    ...{ scopes: 'list', instanceId: 'text', agreedScopes: 'list', status: 'text' },
  }),
  read('a connect session', verifiedConnectSession, connectSessionsWithKeys, {
    ...{ id: 'text', tenantId: 'text', apiKeyId: 'text', instanceIds: 'list', expiresAt: 'date' },
    ...{ remainingSeconds: 'number', suspended: 'boolean' },
  }),
  read('an MCP token', storedMcpToken, 'mcp_tokens', {
    ...{ id: 'text', name: 'text', prefix: 'text', scopes: 'list' },
    ...{ createdAt: 'date', lastUsedAt: 'date', expiresAt: 'date' },
  }),
  read('an MCP token that is presented', verifiedMcpToken, 'mcp_tokens', {
    ...{ id: 'text', tenantId: 'text', instanceId: 'text', scopes: 'list', expiresAt: 'date' },
    ...{ remainingSeconds: 'number', suspended: 'boolean', useUnrecorded: 'boolean' },
  }),
  read('a consent flow', consentFlow, 'oauth_flows f, mcp_instances i', {
    ...{ id: 'text', tenantId: 'text', instanceId: 'text', provider: 'text', oauthClientId: 'text' },
    ...{
      returnTo: 'text',
      consentForced: 'boolean',
      requiredAccount: 'text',
      handle: 'text',
      outcome: 'record',
    },
  }),
  read(
    'what an approval belongs to',
    approvalSurroundings,
    `tenants t, mcp_tokens k, people, ${instancesWithCredentials}`,
    {
      ...{ tenantName: 'text', instanceName: 'text', mailbox: 'text', tokenName: 'text' },
      personEmail: 'text',
    },
  ),
  read('where an approval is', locatedApproval, `outbound_acts a, ${instancesWithCredentials}`, {
    ...{ tenantId: 'text', instanceId: 'text', provider: 'text', subject: 'text' },
  }),
  read('an owner of a mailbox', mailboxOwner, 'owner_sessions', {
    ...{ tenantId: 'text', provider: 'text', subject: 'text', email: 'text' },
  }),
  read('a person’s way through the provider', personFlow, 'person_sign_ins s', {
    ...{ id: 'text', tenantId: 'text', personId: 'text', instanceId: 'text', oauthClientId: 'text' },
    ...{ provider: 'text', scopes: 'list', returnPath: 'text', consentForced: 'boolean', outcome: 'record' },
  }),
  read('a person', person, 'people', {
    ...{ id: 'text', tenantId: 'text', provider: 'text', subject: 'text', email: 'text' },
    ...{ createdAt: 'date', lastSignInAt: 'date' },
  }),
  read('what a person let a client do', authorization, 'person_authorizations a', {
    ...{ id: 'text', tenantId: 'text', personId: 'text', clientId: 'text', clientName: 'text' },
    ...{ scopes: 'list', instanceIds: 'list', createdAt: 'date' },
  }),
  read('a token that is presented for a person', verifiedPersonToken, tokensOfPeople, {
    ...{ id: 'text', tenantId: 'text', personId: 'text', authorizationId: 'text', clientId: 'text' },
    ...{ clientName: 'text', scopes: 'list', resource: 'text', expiresAt: 'date', email: 'text' },
    ...{ instanceIds: 'list', remainingSeconds: 'number', suspended: 'boolean' },
  }),
  read('what the authorization server has under way', recordRow, 'sign_in_records', {
    ...{ sealedPayload: 'text', remainingSeconds: 'number', consumedSeconds: 'number' },
  }),
  read('a signing key', signingKeyRow, 'signing_keys', {
    ...{ id: 'text', ageSeconds: 'number', sealedKey: 'text' },
  }),
  read('a sign-in that came back', returnedSignIn, 'owner_sign_ins s', {
    ...{ tenantId: 'text', instanceId: 'text', oauthClientId: 'text', provider: 'text', returnPath: 'text' },
  }),
  read(
    'a consent flow that a person is told of',
    toldFlow,
    `oauth_flows f, tenants t, ${instancesWithCredentials}`,
    {
      ...{ id: 'text', tenantId: 'text', instanceId: 'text', provider: 'text', oauthClientId: 'text' },
      ...{
        returnTo: 'text',
        consentForced: 'boolean',
        requiredAccount: 'text',
        handle: 'text',
        outcome: 'record',
      },
      ...{ tenantName: 'text', instanceName: 'text', scopes: 'list', expectedAccount: 'text' },
      ...{ isReconnect: 'boolean', browserHash: 'text', isExpired: 'boolean' },
    },
  ),
  read('an instance', instanceRow, instancesWithCredentials, {
    ...{ id: 'text', tenantId: 'text', name: 'text', externalId: 'text', loginHint: 'text' },
    ...{ toolPrefix: 'text', policy: 'record', toolsets: 'list', readOnly: 'boolean' },
    ...{ provider: 'text', oauthClientId: 'text', credentialId: 'text', subject: 'text', email: 'text' },
    ...{ oauthStatus: 'text', scopes: 'list', grantedScopes: 'list', verdict: 'text', held: 'boolean' },
    ...{ credentialErrorCode: 'text', position: 'text', createdAt: 'date', updatedAt: 'date' },
    ...{ tokenExpiresAt: 'date', oauthCompletedAt: 'date', lastRefreshedAt: 'date' },
    ...{ grantExpiresAt: 'date', credentialClientId: 'text', credentialErrorReason: 'text' },
    ...{ leased: 'boolean', livesUntil: 'date', hasExpired: 'boolean', sharedBy: 'number' },
  }),
  read('an event of the history', historyEvent, 'credential_events e, credential_events brought', {
    ...{ id: 'text', at: 'date', event: 'text', trigger: 'text', outcome: 'text', path: 'text' },
    ...{ errorCode: 'text', reason: 'text', attemptId: 'text', generation: 'number' },
    ...{ refreshVersion: 'number', accessTokenFingerprint: 'text', refreshTokenFingerprint: 'text' },
    ...{ tokenExpiresAt: 'date', durationMs: 'number' },
  }),
  read('an outbound act', storedAct, 'outbound_acts', {
    ...{ id: 'text', tenantId: 'text', instanceId: 'text', kind: 'text', state: 'text' },
    ...{ contentDigest: 'text', verdict: 'text', reasons: 'list', recipients: 'number' },
    ...{ readingBytes: 'number', outcome: 'record', mcpTokenId: 'text' },
    ...{ personId: 'text', clientId: 'text', clientName: 'text', clientHost: 'text' },
    ...{ reservationId: 'text', leased: 'boolean', begunSecondsAgo: 'number', intendedSecondsAgo: 'number' },
    ...{ overdue: 'boolean', createdAt: 'date', expiresAt: 'date', decidedAt: 'date', decidedBy: 'text' },
    endedAt: 'date',
  }),
  read('a credential', credentialSnapshot, credentialsWithClients, snapshotKinds),
  read('a claimed credential', claimedCredential, `${credentialsWithClients}, mcp_credentials before`, {
    ...{ ...snapshotKinds, attemptId: 'text', resumed: 'boolean' },
  }),
  read('the progress of a refresh elsewhere', leaseProgress, 'mcp_credentials c', {
    ...{ held: 'boolean', sealedAccessToken: 'text', consecutiveFailures: 'number' },
  }),
  read('an OAuth client', oauthClientRow, 'oauth_clients', {
    ...{ id: 'text', tenantId: 'text', clientId: 'text', sealedSecret: 'text' },
  }),
  read('a data key', dataKeyRow, 'data_keys', {
    ...{ id: 'text', tenantId: 'text', purpose: 'text', wrappedKey: 'text' },
  }),
  read('a queued revocation', queuedRevocation, 'revocations r, mcp_credentials c', {
    ...{ id: 'text', tenantId: 'text', credentialId: 'text', sealedRefreshToken: 'text' },
    ...{ generation: 'number', attempts: 'number', provider: 'text', subject: 'text' },
    ...{ email: 'text', oauthClientId: 'text' },
  }),
  read('an event of the audit log', auditEntry, 'audit_events', {
    ...{ tenantId: 'text', sequence: 'number', at: 'text', event: 'text', actor: 'record' },
    ...{ subject: 'record', instanceId: 'text', details: 'record' },
    ...{ previousHash: 'text', hash: 'text', seal: 'text' },
  }),
  read('a watch whose turn it is', leasedWatch, 'mailbox_watches w', {
    ...{ tenantId: 'text', instanceId: 'text', leaseId: 'text', labelIds: 'list', mode: 'text' },
    ...{ topic: 'text', historyId: 'text', pushedHistoryId: 'text', isAlive: 'boolean' },
    ...{ renewalDue: 'boolean', lookDue: 'boolean', renewalFailures: 'number', lookFailures: 'number' },
  }),
  read('a watch', knownWatch, 'mailbox_watches', {
    ...{ mode: 'text', labelIds: 'list', historyId: 'text', expiresAt: 'date' },
  }),
  read('a change of a mailbox', mailboxChange, 'mailbox_changes', {
    ...{ id: 'text', instanceId: 'text', kind: 'text', historyId: 'text' },
    ...{ messageIds: 'list', threadIds: 'list' },
  }),
  read('a webhook', storedWebhook, 'webhooks', {
    ...{ id: 'text', url: 'text', events: 'list', enabled: 'boolean', disabledReason: 'text' },
    ...{ failingSince: 'date', formerSecretUntil: 'date', createdAt: 'date', updatedAt: 'date' },
  }),
  read(
    'a delivery that is made',
    claimedDelivery,
    `${deliveriesWithEvents} JOIN webhooks w ON w.id = d.webhook_id`,
    {
      ...{ id: 'text', leaseId: 'text', tenantId: 'text', webhookId: 'text', instanceId: 'text' },
      ...{ isInLine: 'boolean', eventId: 'text', type: 'text', at: 'date', data: 'record', url: 'text' },
      ...{
        secret: 'text',
        formerSecret: 'text',
        attempts: 'number',
        attemptedAt: 'date',
        ageSeconds: 'number',
      },
    },
  ),
  read('a delivery in the log', storedDelivery, deliveriesWithEvents, {
    ...{ id: 'text', webhookId: 'text', eventId: 'text', type: 'text', instanceId: 'text' },
    ...{ isReplay: 'boolean', status: 'text', attempts: 'number', lastStatus: 'number', failure: 'text' },
    ...{
      durationMs: 'number',
      createdAt: 'date',
      lastAttemptAt: 'date',
      nextAttemptAt: 'date',
      endedAt: 'date',
    },
  }),
  read('a change', changeRow, 'changes', {
    ...{ transactionId: 'text', id: 'text', atSeconds: 'number', tenantId: 'text' },
    ...{ instanceId: 'text', credentialId: 'text', callerId: 'text', kind: 'text' },
    ...{ watchedInstanceId: 'text' },
  }),
];

/** What `pg` makes of a value of this type. */
async function kindOf(dataTypeId: number): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    'SELECT typname AS name FROM pg_type WHERE oid = $1',
    [dataTypeId],
  );
  const name = rows[0]?.name ?? 'unknown';
  if (name.startsWith('_')) return 'list';
  return kindsByType.get(name) ?? name;
}

// A bigint or numeric comes as text: a double could not hold it.
const kindsByType: ReadonlyMap<string, Kind> = new Map([
  ...['text', 'uuid', 'int8', 'numeric'].map((name) => [name, 'text'] as const),
  ...['int4', 'float8'].map((name) => [name, 'number'] as const),
  ...['json', 'jsonb'].map((name) => [name, 'record'] as const),
  ['bool', 'boolean'],
  ['timestamptz', 'date'],
]);

it.each(reads)('$what is read as its type says', async ({ projection, from, kinds }) => {
  const { fields } = await client.query(`SELECT ${selectList(projection)} FROM ${from} LIMIT 0`);
  const found: Record<string, string> = {};
  for (const { name, dataTypeID } of fields) found[name] = await kindOf(dataTypeID);
  expect(found).toEqual(kinds);
});
