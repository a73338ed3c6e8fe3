import type { ErrorCode } from '../../errors/index.js';
import type { ExchangePath } from '../../oauth/index.js';

/** What the broker hands out. */
export interface AccessTokenGrant {
  accessToken: string;
  tokenType: 'Bearer';
  expiresAt: Date;
  scopes: string[];
  /** Where this token came from just now. */
  source: 'cache' | 'database' | ExchangePath;
  /** True when a refresh was due and did not succeed: the token is still valid, and `errorCode` says why. */
  stale: boolean;
  errorCode: ErrorCode | null;
}
