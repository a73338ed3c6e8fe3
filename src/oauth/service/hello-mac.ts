import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

const keyBytes = 32;
const challengeBytes = 32;
const scheme = 'Evergrant-Hello';
/** Challenge and MAC are 32 bytes each, in base64url. */
const authorizationPattern = new RegExp(`^${scheme} ([\\w-]{43})\\.([\\w-]{43})$`);

/**
 * The two proofs of knowing the shared token, neither of which tells it: the caller's, with its challenge, and the
 * service's answer. HMAC-SHA-256 (RFC 2104) under a key that serves nothing else, so a proof of one side is none of
 * the other's, and what the token authenticates elsewhere is none of either.
 */
export class HelloMac {
  private readonly key: Buffer;

  constructor(sharedToken: string) {
    // RFC 5869; the token is of full entropy, so there is no salt.
    this.key = Buffer.from(hkdfSync('sha256', sharedToken, '', 'evergrant oauth-service hello v1', keyBytes));
  }

  /** What a caller sends as `Authorization`, with its own proof, so that the service answers no stranger. */
  authorization(challenge: string): string {
    return `${scheme} ${challenge}.${this.mac('caller', challenge)}`;
  }

  /** The challenge of a caller that proves to know the token; null for any other. Compares in constant time. */
  challengeIn(authorization: string | undefined): string | null {
    const [, challenge, mac] = authorizationPattern.exec(authorization ?? '') ?? [];
    if (challenge === undefined || mac === undefined) return null;
    return isSame(mac, this.mac('caller', challenge)) ? challenge : null;
  }

  /** The service's answer to a challenge. */
  proof(challenge: string): string {
    return this.mac('service', challenge);
  }

  /** Whether the answer to a challenge shows knowledge of the token. Compares in constant time. */
  isProof(proof: string, challenge: string): boolean {
    return isSame(proof, this.proof(challenge));
  }

  private mac(side: 'caller' | 'service', challenge: string): string {
    return createHmac('sha256', this.key).update(`${side}\n${challenge}`).digest('base64url');
  }
}

/** Never the same twice, so that no recorded answer serves again. */
export function newChallenge(): string {
  return randomBytes(challengeBytes).toString('base64url');
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
