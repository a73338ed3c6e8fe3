export { PolicyModule } from './policy.module.js';
export { findSecrets } from './secrets/find-secrets.js';
export type { SendLimits } from './sending/send-decision.js';
export { contentDigest } from './acts/act-digest.js';
export { ActPerformer, type ActOrder, type ActOutcome, type ActTrace } from './acts/act-performer.js';
export { ActSeal, type ActPlace } from './acts/act-seal.js';
export {
  recipientsOf,
  type ActAddress,
  type ActFile,
  type ActMessage,
  type DraftAct,
  type MessageAct,
  type OneClickAct,
  type OutboundAct,
  type OutboundRequest,
  type SettingAct,
} from './acts/outbound-act.js';
export type { RequestingClient } from './acts/requesting-client.js';
export { OutboundRules, type OutboundRuling } from './acts/outbound-rules.js';
export { ActExecution } from './execution/act-execution.js';
export { ActWork } from './execution/act-work.js';
export { deniedEvent } from './ledger/act-audit.js';
export { ActPruning } from './ledger/act-pruning.js';
export { ActBytes } from './ledger/act-bytes.js';
export { ActLeases } from './ledger/act-leases.js';
export { ActTexts } from './ledger/act-texts.js';
export { plainText } from './rulings/outgoing-texts.js';
export { ReadMemory } from './rulings/read-memory.js';
export { copiedThreads, type ReadIn } from './memory/copied-runs.js';
export { Fingerprints } from './memory/fingerprints.js';
export type { ReadText } from './memory/read-fingerprints.js';
export { reasonForModel, type PolicyReason } from './rules/policy-reasons.js';
export type { RecipientFact, RecipientStanding } from './rules/outbound-facts.js';
export { ActDecisions } from './ledger/act-decisions.js';
export { OutboundActs } from './ledger/outbound-acts.js';
export type { StoredAct } from './ledger/stored-act.js';
