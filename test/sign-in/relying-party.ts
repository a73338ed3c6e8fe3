import { randomUUID } from 'node:crypto';
import {
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  discoveryRequest,
  dynamicClientRegistrationRequest,
  generateRandomCodeVerifier,
  getValidatedIdTokenClaims,
  processAuthorizationCodeResponse,
  processDiscoveryResponse,
  processDynamicClientRegistrationResponse,
  processRefreshTokenResponse,
  refreshTokenGrantRequest,
  validateApplicationLevelSignature,
  validateAuthResponse,
  type AuthorizationServer,
  type Client,
  type ClientAuth,
  type IDToken,
  type TokenEndpointResponse,
} from 'oauth4webapi';
import type { TestApp } from '../harness/test-app.js';

export const callback = 'https://rp.example/callback';

/** The test's issuer is on this machine, by http. */
const onThisMachine = { [allowInsecureRequests]: true };

/** A request for authorization; a parameter that is null is left out of it. */
export type Parameters = Record<string, string | null>;

interface Answered {
  tokens: TokenEndpointResponse;
  /** Checked by the library: issuer, audience, times, nonce, `auth_time` where `max_age` was asked for, signature. */
  claims: IDToken | undefined;
}

/** An application that signs people in by OpenID Connect, with oauth4webapi, which checks what it is answered. */
export class RelyingParty {
  private constructor(
    readonly app: TestApp,
    readonly server: AuthorizationServer,
    readonly client: Client,
    private readonly proof: ClientAuth,
    readonly secret: string,
  ) {}

  static async registered(
    app: TestApp,
    metadata: Partial<Client> = {},
    proofWith: (secret: string) => ClientAuth = ClientSecretBasic,
  ): Promise<RelyingParty> {
    const server = await discovered(app);
    const wanted = {
      ...{ redirect_uris: [callback], token_endpoint_auth_method: 'client_secret_basic' },
      ...metadata,
    };
    const client = await processDynamicClientRegistrationResponse(
      await dynamicClientRegistrationRequest(server, wanted, onThisMachine),
    );
    const secret = typeof client.client_secret === 'string' ? client.client_secret : '';
    return new RelyingParty(app, server, client, proofWith(secret), secret);
  }

  /** The same client, which proves itself in another way. */
  provingBy(proof: ClientAuth): RelyingParty {
    return new RelyingParty(this.app, this.server, this.client, proof, this.secret);
  }

  async ask(parameters: Parameters = {}): Promise<Asked> {
    const verifier = generateRandomCodeVerifier();
    const all: Parameters = {
      response_type: 'code',
      client_id: this.client.client_id,
      redirect_uri: callback,
      scope: 'openid gmail:read',
      state: randomUUID(),
      nonce: randomUUID(),
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...parameters,
    };
    const sent = Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== null);
    return new Asked(this, new URLSearchParams(sent), verifier);
  }

  redeemed(asked: Asked, end: URL): Promise<Response> {
    const { searchParams } = end;
    const callbackParameters = validateAuthResponse(this.server, this.client, searchParams, asked.state);
    return authorizationCodeGrantRequest(
      ...[this.server, this.client, this.proof, callbackParameters, callback, asked.verifier, onThisMachine],
    );
  }

  async refreshed(refreshToken: string): Promise<Answered> {
    const { server, client, proof } = this;
    const answer = await refreshTokenGrantRequest(server, client, proof, refreshToken, onThisMachine);
    return this.checked(answer, await processRefreshTokenResponse(server, client, answer));
  }

  async checked(answer: Response, tokens: TokenEndpointResponse): Promise<Answered> {
    const claims = getValidatedIdTokenClaims(tokens);
    if (claims !== undefined) await validateApplicationLevelSignature(this.server, answer, onThisMachine);
    return { tokens, claims };
  }
}

/** What a relying party keeps while the person is away. */
export class Asked {
  readonly url: string;

  constructor(
    private readonly party: RelyingParty,
    readonly parameters: URLSearchParams,
    readonly verifier: string,
  ) {
    this.url = `${party.server.authorization_endpoint}?${parameters.toString()}`;
  }

  get app(): TestApp {
    return this.party.app;
  }

  get state(): string {
    return this.parameters.get('state') ?? '';
  }

  /** @param end where the browser came back to */
  async tokens(end: URL): Promise<Answered> {
    const { server, client } = this.party;
    const answer = await this.party.redeemed(this, end);
    const [nonce, maxAge] = [this.parameters.get('nonce'), this.parameters.get('max_age')];
    const tokens = await processAuthorizationCodeResponse(server, client, answer, {
      ...(nonce === null ? {} : { expectedNonce: nonce }),
      ...(maxAge === null ? {} : { maxAge: Number(maxAge) }),
    });
    return this.party.checked(answer, tokens);
  }
}

/** From the document of OpenID Connect Discovery; the library refuses one of another issuer. */
export async function discovered(app: TestApp): Promise<AuthorizationServer> {
  const issuer = new URL(app.environment.publicUrl);
  return processDiscoveryResponse(issuer, await discoveryRequest(issuer, onThisMachine));
}
