import type { SandboxControl } from '../../sandbox/index.js';

type Ledger = Awaited<ReturnType<SandboxControl['ledger']>>;
export type TokenRequest = Ledger['tokenRequests'][number];

/**
 * What must be true of one credential, told from the provider's ledger alone. Tokens are the ledger's fingerprints.
 * It knows nothing of leases, attempts, verdicts or of a hold on them: whatever these do, what is said here stands.
 */
export class CredentialModel {
  /** An instance points to the credential. */
  connected = false;
  /** The newest refresh token that we were given; null while we hold none. */
  held: string | null = null;
  generation = 0;
  refreshVersion = 0;
  /** The provider has answered with another refresh token before. */
  rotationObserved = false;
  outage = false;
  /** The provider calls every grant dead, and is not believed. */
  spike = false;
  /** The provider may answer a refresh with another refresh token. */
  mayRotate = false;
  /** Refreshes and consents that were begun and have not ended. */
  underWay = 0;
  /** Of two consents that end together it is unknown which one stands. */
  consentUnderWay = false;
  /** A process died and left its lease behind: until the lease lapses, every refresh waits. */
  blockedSeconds = 0;
  /** Of all that the provider was given, what it called dead. */
  private readonly rejected = new Set<string>();
  private readonly completed = new Set<number>();

  /** What the provider was asked and has answered since the last time, in the order in which it came in. */
  answersIn(requests: readonly TokenRequest[]): TokenRequest[] {
    const answers = requests.filter(
      ({ sequence, outcome }) => outcome !== 'not-processed' && !this.completed.has(sequence),
    );
    for (const { sequence } of answers) this.completed.add(sequence);
    return answers;
  }

  /**
   * A refresh token replaces the one that it was given for; what was given for another one is no longer ours to keep.
   * A consent's replaces any. One whose answer was lost on the way was never given.
   */
  given({ outcome, presentedRefreshToken, returnedRefreshToken, fault }: TokenRequest): void {
    if (outcome === 'invalid_grant' && presentedRefreshToken !== null)
      this.rejected.add(presentedRefreshToken);
    if (outcome !== 'issued' || returnedRefreshToken === null || fault === 'reset-after') return;
    if (presentedRefreshToken === null || presentedRefreshToken === this.held)
      this.held = returnedRefreshToken;
  }

  /** Only the provider's own word about the token that we hold may send a person to sign in again. */
  mayAskForConsent(heldBefore: string | null): boolean {
    return [this.held, heldBefore].some((token) => token === null || this.rejected.has(token));
  }

  /** A consent needs no lease, and ends the one that it finds. */
  consented(): void {
    this.connected = true;
    this.blockedSeconds = 0;
  }

  disconnected(): void {
    this.blockedSeconds = 0;
    this.connected = false;
    this.held = null;
  }
}
