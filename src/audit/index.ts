export {
  changeEvent,
  type ActEvent,
  type ActEventName,
  type Actor,
  type ChangeName,
  type RequestSource,
} from './audit-event.js';
export { AuditModule } from './audit.module.js';
export { AuditOptions } from './audit-options.js';
export { AuditTrail } from './audit-trail.js';
export { AuditChain } from './chain/audit-chain.js';
export { AuditKeySource, sealKey } from './chain/chain-keys.js';
export type { AuditEntry } from './chain/chain-link.js';
export { IssuedAccessTokens } from './issued-access-tokens.js';
export { AuditLog } from './reading/audit-log.js';
export { recordChange, recordPolicyChange, RequestedChanges } from './requested-changes.js';
export { sourceOf } from './request-source.js';
export { chainFaults, type ChainPlace, type ChainVerdict } from './verification/chain-walk.js';
export { ExportUnreadable, verifyExport } from './verification/exported-chain.js';
export { StoredChains } from './verification/stored-chains.js';
