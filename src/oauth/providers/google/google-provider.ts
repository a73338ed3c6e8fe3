import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import {
  ClientSecretPost,
  genericTokenEndpointRequest,
  None,
  revocationRequest,
  userInfoRequest,
  type AuthorizationServer,
  type ClientAuth,
} from 'oauth4webapi';
import type {
  AccountOutcome,
  AuthorizationProbe,
  AuthorizationRequest,
  OAuthProvider,
  ProviderAccount,
  ProviderEndpoints,
  RevocationOutcome,
} from '../../oauth-provider.js';
import type { HttpAnswer } from '../../http/http-answer.js';
import { ProviderConnection } from '../../http/provider-connection.js';
import type {
  ClientCredentials,
  CodeExchangeOutcome,
  CodeExchangeRequest,
  RefreshOutcome,
  RefreshRequest,
  Rejected,
  Unavailable,
} from '../../token-exchange.js';
import { classifyAuthorizationResponse } from './classify-authorization-response.js';
import { classifyRevocationResponse, wantsClientAuthentication } from './classify-revocation-response.js';
import { classifyTokenResponse, type Granted } from './classify-token-response.js';
import { classifyUserinfoResponse } from './classify-userinfo-response.js';
import { GoogleProviderOptions } from './google-provider-options.js';
import { readIdToken } from './read-id-token.js';

/**
 * Google's OAuth 2.0 for web server applications
 * (https://developers.google.com/identity/protocols/oauth2/web-server).
 */
@Injectable()
export class GoogleProvider implements OAuthProvider, OnApplicationShutdown {
  readonly name = 'google';
  readonly issuer: string;
  readonly refreshTokenReplay = 'safe';
  private readonly endpoints: ProviderEndpoints;
  private readonly server: AuthorizationServer;
  private readonly connection: ProviderConnection;

  constructor({ endpoints, deadlineMs, proxy }: GoogleProviderOptions) {
    this.endpoints = endpoints;
    this.issuer = endpoints.issuer ?? 'https://accounts.google.com';
    this.server = {
      issuer: this.issuer,
      authorization_endpoint: endpoints.authUrl,
      revocation_endpoint: endpoints.revokeUrl,
      token_endpoint: endpoints.tokenUrl,
      userinfo_endpoint: endpoints.userinfoUrl,
    };
    this.connection = new ProviderConnection(deadlineMs, proxy);
  }

  /** Where the browser is sent for consent; offline access, which yields refresh tokens, is asked for unless it signs in. */
  authorizationUrl(request: AuthorizationRequest): string {
    const url = new URL(this.endpoints.authUrl);
    const parameters = {
      response_type: 'code',
      client_id: request.clientId,
      redirect_uri: request.redirectUri,
      scope: request.scopes.join(' '),
      state: request.state,
      code_challenge: request.codeChallenge,
      code_challenge_method: 'S256',
      access_type: request.isSignIn ? 'online' : 'offline',
      // Merging would widen the grant to every scope of the Cloud project.
      include_granted_scopes: 'false',
      ...(request.loginHint === null ? {} : { login_hint: request.loginHint }),
      ...prompt(request),
    };
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    return url.href;
  }

  async probeAuthorization(request: AuthorizationRequest): Promise<AuthorizationProbe> {
    const answer = await this.connection.get(this.authorizationUrl(request));
    return answer.status === 'answered'
      ? classifyAuthorizationResponse(answer, this.endpoints.authUrl)
      : answer;
  }

  /** Redeems an authorization code (RFC 6749 section 4.1.3, RFC 7636 section 4.5). */
  async exchangeCode(request: CodeExchangeRequest, deadline?: AbortSignal): Promise<CodeExchangeOutcome> {
    const parameters = {
      code: request.code,
      code_verifier: request.codeVerifier,
      redirect_uri: request.redirectUri,
    };
    const outcome = await this.requestTokens(request.client, 'authorization_code', parameters, deadline);
    return outcome.status === 'granted' ? { ...outcome, status: 'exchanged', path: 'direct' } : outcome;
  }

  /** Presents a refresh token (RFC 6749 section 6), for the scopes it was granted unless fewer are asked for. */
  async refresh(request: RefreshRequest, deadline?: AbortSignal): Promise<RefreshOutcome> {
    const parameters = {
      refresh_token: request.refreshToken,
      ...(request.scopes === undefined ? {} : { scope: request.scopes.join(' ') }),
    };
    const outcome = await this.requestTokens(request.client, 'refresh_token', parameters, deadline);
    if (outcome.status !== 'granted') return outcome;
    // Who it is, is known since the consent.
    const tokens = { ...outcome.tokens, idToken: undefined };
    return { status: 'refreshed', path: 'direct', tokens };
  }

  /** Asks userinfo whose access token this is (OpenID Connect Core section 5.3). */
  async account(accessToken: string): Promise<AccountOutcome> {
    // oauth4webapi wants a client here, and sends nothing of it: the access token alone is presented.
    const answer = await this.connection.send(this.endpoints.userinfoUrl, (options) =>
      userInfoRequest(this.server, { client_id: this.name }, accessToken, options),
    );
    return answer.status === 'answered' ? classifyUserinfoResponse(answer) : answer;
  }

  accountOfIdToken(idToken: string, clientId: string): ProviderAccount | null {
    return readIdToken(idToken, { issuer: this.issuer, clientId, nowMs: Date.now() });
  }

  /**
   * Revokes a refresh token. Google wants no client authentication here
   * (https://developers.google.com/identity/protocols/oauth2/web-server#tokenrevoke), so the secret is sent only to a
   * stand-in that insists on it, as RFC 7009 section 2.1 has it.
   */
  async revoke(refreshToken: string, client: ClientCredentials): Promise<RevocationOutcome> {
    let answer = await this.requestRevocation(refreshToken, client.clientId, None());
    if (answer.status === 'answered' && wantsClientAuthentication(answer)) {
      answer = await this.requestRevocation(
        refreshToken,
        client.clientId,
        ClientSecretPost(client.clientSecret),
      );
    }
    return answer.status === 'answered' ? classifyRevocationResponse(answer) : answer;
  }

  /** Google ends all grants of the account in the Cloud project, whose number a client id begins with. */
  revocationScope(clientId: string): string {
    return /^\d+(?=-)/.exec(clientId)?.[0] ?? clientId;
  }

  /** After the HTTP server has drained: a request under way may still need a refresh. */
  async onApplicationShutdown(): Promise<void> {
    await this.connection.close();
  }

  private requestRevocation(
    refreshToken: string,
    clientId: string,
    authentication: ClientAuth,
  ): Promise<HttpAnswer | Unavailable> {
    return this.connection.send(this.endpoints.revokeUrl, (options) =>
      revocationRequest(this.server, { client_id: clientId }, authentication, refreshToken, options),
    );
  }

  private async requestTokens(
    { clientId, clientSecret }: ClientCredentials,
    grantType: string,
    parameters: Record<string, string>,
    deadline?: AbortSignal,
  ): Promise<Granted | Rejected | Unavailable> {
    const answer = await this.connection.send(
      this.endpoints.tokenUrl,
      (options) =>
        genericTokenEndpointRequest(
          this.server,
          { client_id: clientId },
          ClientSecretPost(clientSecret),
          grantType,
          parameters,
          options,
        ),
      deadline,
    );
    return answer.status === 'answered' ? classifyTokenResponse(answer) : answer;
  }
}

/** https://developers.google.com/identity/protocols/oauth2/web-server#creatingclient, parameter `prompt` */
function prompt({ forceConsent, chooseAccount }: AuthorizationRequest): { prompt?: string } {
  const values = [...(forceConsent ? ['consent'] : []), ...(chooseAccount ? ['select_account'] : [])];
  return values.length === 0 ? {} : { prompt: values.join(' ') };
}
