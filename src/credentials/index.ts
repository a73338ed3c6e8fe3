export { CredentialsModule } from './credentials.module.js';
export { DataKeysUnreadable } from './data-keys.js';
export { ForcedRefreshLimit } from './forced-refresh-limit.js';
export { CredentialRelease } from './credential-release.js';
<<<<<<< HEAD
export { heldSuspect } from './held-suspect.js';
=======
export { GrantNotes } from './grant-notes.js';
>>>>>>> 8430159 (Prune the history in batches, and tell in it what became of a refresh token and of a client)
export { GrantRecorder, type Grant } from './grant-recorder.js';
export type { OAuthStatus, Verdict } from './mcp-credential.entity.js';
export { OAuthClients } from './oauth-clients.js';
export { RefreshOutcomesModule } from './refresh-outcomes.module.js';
export { TokenBroker } from './token-broker.js';
export type { AccessTokenGrant } from './access-token-grant.js';
export { refreshFailure } from './refresh-failure.js';
