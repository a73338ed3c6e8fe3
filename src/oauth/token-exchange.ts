/** What a provider is called, in rows and requests too; `ProviderRegistry` knows which there are. */
export type ProviderName = string;

/** Client id and secret of one OAuth client (RFC 6749 section 2.3.1). */
export interface ClientCredentials {
  clientId: string;
  clientSecret: string;
}

export interface RefreshRequest {
  provider: ProviderName;
  /** Identifies this attempt across processes; the OAuth service's `Idempotency-Key`. */
  attemptId: string;
  refreshToken: string;
  client: ClientCredentials;
  /** The token may be spent by being presented once: the provider says so, or this credential was rotated before. */
  singleUse: boolean;
  /** Fewer scopes than were granted (RFC 6749 section 6); all of them when left out. */
  scopes?: readonly string[];
}

export interface CodeExchangeRequest {
  provider: ProviderName;
  code: string;
  /** RFC 7636 section 4.1. */
  codeVerifier: string;
  redirectUri: string;
  client: ClientCredentials;
}

/** A well-formed successful answer of a token endpoint (RFC 6749 section 5.1). */
export interface TokenSet {
  accessToken: string;
  tokenType: 'Bearer';
  expiresInSeconds: number;
  /** What was granted; null when the answer does not say, which means: as asked, or unchanged. */
  scopes: string[] | null;
  /** A new refresh token, which replaces the old one; null when the old one stays valid. */
  refreshToken: string | null;
  /** A grant that ends by itself: how long its refresh token lives, where the provider says so. */
  refreshTokenExpiresInSeconds: number | null;
  /** Who consented, signed (OpenID Connect Core section 2); comes with a code's tokens only. */
  idToken?: string | undefined;
}

/** Which way an answer came: through the OAuth service, or straight from the provider. */
export type ExchangePath = 'oauth-service' | 'direct';

/** How an answer was come by. */
interface Answered {
  path: ExchangePath;
  /** The OAuth service had failed, so the provider was asked directly. */
  afterServiceFailure?: true;
}

/** The provider itself gave a verdict. Only these codes may end in re-authentication. */
export interface Rejected extends Answered {
  status: 'rejected';
  errorCode:
    'INVALID_REFRESH_TOKEN' | 'INVALID_CLIENT' | 'INVALID_REQUEST' | 'INSUFFICIENT_SCOPE' | 'ADMIN_BLOCKED';
  /** The provider's stable code, such as `invalid_grant` or `invalid_rapt`; never its free text. */
  reason: string;
}

/** Reasons of an `INVALID_REFRESH_TOKEN` that stem from session control, not from revocation. */
export const sessionControlReasons: ReadonlySet<string> = new Set(['invalid_rapt', 'rapt_required']);

/** There is no verdict: transient by definition, whatever the cause. */
export interface Unavailable extends Answered {
  status: 'unavailable';
  errorCode: 'NETWORK_ERROR' | 'SERVICE_UNAVAILABLE' | 'UNKNOWN_ERROR';
  reason: string;
  retryAfterSeconds: number | null;
  /** True when the request provably never reached the provider (refused, DNS, connect time-out). */
  provablyNotSent: boolean;
  /** The provider answered with an error code that is in no table of ours; only known where it was asked. */
  isUnlisted?: true;
}

export interface Refreshed extends Answered {
  status: 'refreshed';
  tokens: TokenSet;
}

export interface CodeExchanged extends Answered {
  status: 'exchanged';
  tokens: TokenSet;
}

export type RefreshOutcome = Refreshed | Rejected | Unavailable;
export type CodeExchangeOutcome = CodeExchanged | Rejected | Unavailable;

/** What is known of an earlier attempt: its outcome, that it still runs, that it is not known, or that this cannot be told now. */
export type RecalledAttempt =
  | { status: 'settled'; outcome: RefreshOutcome }
  | { status: 'running' }
  | { status: 'unknown' }
  | { status: 'unavailable' };

/**
 * Gets tokens from a provider's token endpoint. The seam between the local exchange (straight to the
 * provider) and the remote one (through the OAuth service). Expected failures are returned, never thrown.
 */
export abstract class TokenExchange {
  /** Presents a refresh token (RFC 6749 section 6). Takes 20 seconds at most. */
  abstract refresh(request: RefreshRequest): Promise<RefreshOutcome>;

  /**
   * A second opinion on a verdict, over another path than the one it came by; 5 seconds at most. Unavailable when
   * there is no other path, or when the token must not be presented again.
   */
  abstract confirm(request: RefreshRequest, verdict: Rejected): Promise<RefreshOutcome>;

  /** Asks for the outcome of an attempt whose caller died or hung up, before anything is presented again. */
  abstract recall(attemptId: string): Promise<RecalledAttempt>;

  /** Redeems an authorization code (RFC 6749 section 4.1.3, with RFC 7636). */
  abstract exchangeCode(request: CodeExchangeRequest): Promise<CodeExchangeOutcome>;
}
