import type { ClientCredentials } from '../oauth/index.js';
import type { SealingKey } from './vault/sealed-text.js';

/** What the composition tells CredentialsModule; a class, so that it can be injected. */
export abstract class CredentialsOptions {
  abstract readonly encryptionKeys: readonly SealingKey[];
  /** The deployment's own OAuth client, from the environment. */
  abstract readonly deploymentClient: ClientCredentials;
  /** Clients that the deployment ran under before: their grants go on, and no new one is asked for. */
  abstract readonly formerClients: readonly ClientCredentials[];
  /** A token with less life than this is refreshed. */
  abstract readonly expiryBufferSeconds: number;
  /** Forced refreshes of one credential a minute; 0 sets no limit. */
  abstract readonly forcedRefreshLimitPerMinute: number;
  /** Whether callers ask this process for tokens (the `api` role). */
  abstract readonly servesTokens: boolean;
  /** Whether this process works without being asked (the `refresher` role). */
  abstract readonly worksInBackground: boolean;
  /** How long the history of credentials is kept; 0 keeps it for ever. */
  abstract readonly historyRetentionDays: number;
  /** Where refreshed tokens wait, sealed, for a database that is away. */
  abstract readonly spillDirectory: string;
}

/** The clients that the deployment's grants can be refreshed under, the present one first. */
export function deploymentClients({
  deploymentClient,
  formerClients,
}: Pick<CredentialsOptions, 'deploymentClient' | 'formerClients'>): ClientCredentials[] {
  return [deploymentClient, ...formerClients];
}
