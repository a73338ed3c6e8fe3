import type { ClientCredentials } from '../oauth/index.js';
import type { SealingKey } from './sealed-text.js';

/** What the composition tells CredentialsModule. */
export class CredentialsOptions {
  constructor(
    readonly encryptionKeys: readonly SealingKey[],
    /** The deployment's own OAuth client, from the environment. */
    readonly deploymentClient: ClientCredentials,
    /** A token with less life than this is refreshed. */
    readonly expiryBufferSeconds: number,
    /** Forced refreshes of one credential a minute; 0 sets no limit. */
    readonly forcedRefreshLimitPerMinute: number,
    /** Whether this process does what nobody asks for (the `refresher` role). */
    readonly worksInBackground: boolean,
  ) {}
}
