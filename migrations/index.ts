import { InitialSchema1795400000000 } from './1795400000000-initial-schema.js';
import { TenantRowSecurity1795500000000 } from './1795500000000-tenant-row-security.js';
import { Identity1795600000000 } from './1795600000000-identity.js';
import { ChangesAndRevocations1795700000000 } from './1795700000000-changes-and-revocations.js';
import { HistoryOfRefreshTokens1795750000000 } from './1795750000000-history-of-refresh-tokens.js';
import { VerdictHolds1795800000000 } from './1795800000000-verdict-holds.js';
import { RefreshOutcomes1795900000000 } from './1795900000000-refresh-outcomes.js';
import { RefreshGates1796000000000 } from './1796000000000-refresh-gates.js';
import { ChangesOfCallers1796100000000 } from './1796100000000-changes-of-callers.js';
import { ProviderOfInstances1796200000000 } from './1796200000000-provider-of-instances.js';
import { TenantsInForeignKeys1796320000000 } from './1796320000000-tenants-in-foreign-keys.js';
import { PinnedSearchPaths1796321000000 } from './1796321000000-pinned-search-paths.js';
import { ConsentOutcomes1796330000000 } from './1796330000000-consent-outcomes.js';
import { SendReservations1796340000000 } from './1796340000000-send-reservations.js';
import { RightsOfMcpTokens1796341000000 } from './1796341000000-rights-of-mcp-tokens.js';
import { SuspendedTenants1796350000000 } from './1796350000000-suspended-tenants.js';
import { RequiredAccounts1796400000000 } from './1796400000000-required-accounts.js';
import { InstanceFilters1796430000000 } from './1796430000000-instance-filters.js';
import { RateLimitSlices1796460000000 } from './1796460000000-rate-limit-slices.js';
import { ToolPrefixes1796470000000 } from './1796470000000-tool-prefixes.js';
import { OutboundActs1796480000000 } from './1796480000000-outbound-acts.js';
import { OutboundPolicies1796490000000 } from './1796490000000-outbound-policies.js';
import { MailboxOwners1796500000000 } from './1796500000000-mailbox-owners.js';
import { AuditChains1796510000000 } from './1796510000000-audit-chains.js';
import { Toolsets1796530000000 } from './1796530000000-toolsets.js';
import { AttachmentUploads1796540000000 } from './1796540000000-attachment-uploads.js';
import { ReadFingerprints1796570000000 } from './1796570000000-read-fingerprints.js';
import { MailboxWatches1796575000000 } from './1796575000000-mailbox-watches.js';
import { MailboxChanges1796576000000 } from './1796576000000-mailbox-changes.js';
import { AuthorizationServer1796590000000 } from './1796590000000-authorization-server.js';
import { People1796600000000 } from './1796600000000-people.js';
import { PersonSignIns1796601000000 } from './1796601000000-person-sign-ins.js';
import { WrittenFingerprints1796610000000 } from './1796610000000-written-fingerprints.js';
import { SecurityEvents1796620000000 } from './1796620000000-security-events.js';
import { Webhooks1796630000000 } from './1796630000000-webhooks.js';
import { SignInCodes1796640000000 } from './1796640000000-sign-in-codes.js';
import { ConnectSessions1796650000000 } from './1796650000000-connect-sessions.js';
import { StatesOfInstances1796660000000 } from './1796660000000-states-of-instances.js';
import { RefreshFigures1796661000000 } from './1796661000000-refresh-figures.js';
import { ActRequesters1796670000000 } from './1796670000000-act-requesters.js';
import { PersonWidenings1796671000000 } from './1796671000000-person-widenings.js';

/** Every migration, oldest first. A landed one is never edited. */
export const migrations = [
  InitialSchema1795400000000,
  TenantRowSecurity1795500000000,
  Identity1795600000000,
  ChangesAndRevocations1795700000000,
  HistoryOfRefreshTokens1795750000000,
  VerdictHolds1795800000000,
  RefreshOutcomes1795900000000,
  RefreshGates1796000000000,
  ChangesOfCallers1796100000000,
  ProviderOfInstances1796200000000,
  TenantsInForeignKeys1796320000000,
  PinnedSearchPaths1796321000000,
  ConsentOutcomes1796330000000,
  SendReservations1796340000000,
  RightsOfMcpTokens1796341000000,
  SuspendedTenants1796350000000,
  RequiredAccounts1796400000000,
  InstanceFilters1796430000000,
  RateLimitSlices1796460000000,
  ToolPrefixes1796470000000,
  OutboundActs1796480000000,
  OutboundPolicies1796490000000,
  MailboxOwners1796500000000,
  AuditChains1796510000000,
  Toolsets1796530000000,
  AttachmentUploads1796540000000,
  ReadFingerprints1796570000000,
  MailboxWatches1796575000000,
  MailboxChanges1796576000000,
  AuthorizationServer1796590000000,
  People1796600000000,
  PersonSignIns1796601000000,
  WrittenFingerprints1796610000000,
  SecurityEvents1796620000000,
  Webhooks1796630000000,
  SignInCodes1796640000000,
  ConnectSessions1796650000000,
  StatesOfInstances1796660000000,
  RefreshFigures1796661000000,
  ActRequesters1796670000000,
  PersonWidenings1796671000000,
];
