export { connectMailbox } from './connect-mailbox.js';
export { SandboxControl } from './control-client.js';
export { freePort } from './free-port.js';
export { fingerprint } from './grants/fingerprint.js';
export { passConsent } from './pass-consent.js';
export type { ConsentChoice } from './pass-consent.js';
export type { FaultRuleInput } from './faults/fault.js';
export { startSandbox } from './sandbox.js';
export type { Sandbox } from './sandbox.js';
