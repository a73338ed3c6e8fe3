import type {
  ClientCredentials,
  CodeExchangeOutcome,
  CodeExchangeRequest,
  ProviderName,
  RefreshOutcome,
  RefreshRequest,
  Unavailable,
} from './token-exchange.js';

export interface AuthorizationRequest {
  clientId: string;
  redirectUri: string;
  scopes: readonly string[];
  state: string;
  /** PKCE S256 challenge (RFC 7636 section 4.2). */
  codeChallenge: string;
  loginHint: string | null;
  /** Asks the provider to show its consent page again, so that it hands out a refresh token. */
  forceConsent: boolean;
  /** Asks the provider to let the person choose an account, rather than take the one that is signed in. */
  chooseAccount: boolean;
  /** Asks for no refresh token, where a person only shows who they are. */
  isSignIn?: true;
}

/** The person's account at the provider, as its userinfo endpoint tells (OpenID Connect Core section 5.3). */
export interface ProviderAccount {
  subject: string;
  email: string;
  /** The provider has seen that the address is the account's; absent when it does not say so. */
  emailVerified?: true;
  /**
   * The domain of the account's organisation, which the provider manages (Google's `hd`); absent when it names none
   * (https://developers.google.com/identity/openid-connect/openid-connect#an-id-tokens-payload).
   */
  hostedDomain?: string;
}

export type AccountOutcome = { status: 'known'; account: ProviderAccount } | Unavailable;

/** `revoked` too when the provider no longer knows the token: there is nothing left to end. */
export type RevocationOutcome = { status: 'revoked' } | Unavailable;

/** What an authorization endpoint makes of a request before any person is asked. */
export type AuthorizationProbe =
  /** `refused`: by a stable code of the provider's. `unclear`: the answer is none that is known to tell. */
  | (({ status: 'accepted' } | { status: 'refused'; code: string } | { status: 'unclear' }) & {
      /** The provider's clock, in milliseconds since the epoch, to the second; null where it did not tell. */
      serverTimeMs: number | null;
    })
  | Unavailable;

/** A provider's endpoints, or those that stand in for them: https, or http on loopback. */
export interface ProviderEndpoints {
  authUrl: string;
  tokenUrl: string;
  revokeUrl: string;
  userinfoUrl: string;
  /** The provider's own, unless it is told. */
  issuer?: string;
}

/** All that differs between OAuth providers. */
export interface OAuthProvider {
  readonly name: ProviderName;
  /** The only value that `iss` on the redirect may have (RFC 9207). */
  readonly issuer: string;
  /** Whether a refresh token may be presented twice without harm. */
  readonly refreshTokenReplay: 'safe' | 'single-use';

  authorizationUrl(request: AuthorizationRequest): string;
  /** Makes such a request without a browser: no person is asked, and nothing is granted. */
  probeAuthorization(request: AuthorizationRequest): Promise<AuthorizationProbe>;
  /** One request, which ends by the deadline. */
  exchangeCode(request: CodeExchangeRequest, deadline?: AbortSignal): Promise<CodeExchangeOutcome>;
  /** One request, which ends by the deadline. */
  refresh(request: RefreshRequest, deadline?: AbortSignal): Promise<RefreshOutcome>;
  account(accessToken: string): Promise<AccountOutcome>;
  /** Whose account an id_token names that came with a code's tokens; null when it does not say, or is not for us. */
  accountOfIdToken(idToken: string, clientId: string): ProviderAccount | null;
  /** Ends a grant (RFC 7009), and with it whatever {@link revocationScope} says. */
  revoke(refreshToken: string, client: ClientCredentials): Promise<RevocationOutcome>;
  /** Clients of the same scope share their fate: a revocation under one ends an account's grants under all. */
  revocationScope(clientId: string): string;
}
