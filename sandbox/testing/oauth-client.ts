import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { passConsent } from '../pass-consent.js';
import type { ConsentChoice } from '../pass-consent.js';
import type { Sandbox } from '../sandbox.js';

const tokenAnswerSchema = z.looseObject({
  access_token: z.string().optional(),
  expires_in: z.unknown().optional(),
  refresh_token: z.string().optional(),
  scope: z.string().optional(),
  token_type: z.string().optional(),
  id_token: z.string().optional(),
  error: z.string().optional(),
});

export interface TokenAnswer extends z.infer<typeof tokenAnswerSchema> {
  status: number;
}

const mailScopes = 'openid email https://www.googleapis.com/auth/gmail.readonly';

/** The client that the specs register and play. */
export const registered = {
  clientId: '123456789-abc.apps.sandbox.test',
  clientSecret: 'client-secret-1',
  redirectUris: ['http://127.0.0.1/callback'],
};

/** An OAuth client as the sandbox's specs need it: correct, but with every parameter open to change. */
export class OAuthClient {
  readonly verifier = randomBytes(32).toString('base64url');

  constructor(
    private readonly sandbox: Sandbox,
    private readonly client = registered,
  ) {}

  /** `undefined` leaves a parameter out. */
  authorizationUrl(changes: Record<string, string | undefined> = {}): string {
    return withParameters(this.sandbox.endpoints.authUrl, {
      client_id: this.client.clientId,
      redirect_uri: this.client.redirectUris[0],
      response_type: 'code',
      scope: mailScopes,
      state: 'state-1',
      access_type: 'offline',
      code_challenge: createHash('sha256').update(this.verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...changes,
    });
  }

  /** Passes the consent page, and returns the parameters of the redirect. */
  async consent(
    choice: ConsentChoice = {},
    changes: Record<string, string | undefined> = {},
  ): Promise<URLSearchParams> {
    return new URL(await passConsent(this.authorizationUrl(changes), choice)).searchParams;
  }

  async exchange(
    code: string | null,
    changes: Record<string, string | undefined> = {},
  ): Promise<TokenAnswer> {
    return this.post({
      grant_type: 'authorization_code',
      code: code ?? '',
      redirect_uri: this.client.redirectUris[0],
      code_verifier: this.verifier,
      ...changes,
    });
  }

  async refresh(
    refreshToken: string | undefined,
    changes: Record<string, string | undefined> = {},
  ): Promise<TokenAnswer> {
    return this.post({ grant_type: 'refresh_token', refresh_token: refreshToken, ...changes });
  }

  /** Consents and exchanges the code. */
  async connect(
    choice: ConsentChoice = {},
    changes: Record<string, string | undefined> = {},
  ): Promise<TokenAnswer> {
    const redirect = await this.consent(choice, changes);
    return this.exchange(redirect.get('code'));
  }

  async post(fields: Record<string, string | undefined>): Promise<TokenAnswer> {
    const response = await this.postRaw(fields);
    return { ...tokenAnswerSchema.parse(await response.json()), status: response.status };
  }

  postRaw(fields: Record<string, string | undefined>): Promise<Response> {
    const body = new URL(
      withParameters('http://form', {
        client_id: this.client.clientId,
        client_secret: this.client.clientSecret,
        ...fields,
      }),
    ).searchParams;
    return fetch(this.sandbox.endpoints.tokenUrl, { method: 'POST', body });
  }

  revoke(token: string | undefined): Promise<Response> {
    return fetch(this.sandbox.endpoints.revokeUrl, {
      method: 'POST',
      body: new URLSearchParams({ token: token ?? '' }),
    });
  }

  userinfo(accessToken: string | undefined): Promise<Response> {
    return fetch(this.sandbox.endpoints.userinfoUrl, {
      headers: { authorization: `Bearer ${accessToken ?? ''}` },
    });
  }

  /** GETs, or POSTs the body: as JSON, or a string as it is; another verb where one is given. */
  gmail(
    accessToken: string | undefined,
    path: string,
    body?: unknown,
    verb = body === undefined ? 'GET' : 'POST',
  ): Promise<Response> {
    return fetch(`${this.sandbox.endpoints.gmailApiUrl}/gmail/v1/users/me/${path}`, {
      headers: {
        authorization: `Bearer ${accessToken ?? ''}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      method: verb,
      ...(body !== undefined && {
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    });
  }
}

function withParameters(base: string, parameters: Record<string, string | undefined>): string {
  const url = new URL(base);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url.href;
}
