import { join } from 'node:path';
import { freePort } from '../../sandbox/index.js';
import { NodeProcess, repository } from '../harness/node-process.js';

/** What the provider did, as it says itself. */
interface Deed {
  what: 'granted' | 'refused' | 'revoked' | 'failed';
  account?: string;
  grantType?: string;
  error?: string;
}

const client = { clientId: 'evergrant-tests', clientSecret: 'secret-of-an-independent-provider-0123' };

/** An OAuth server that is none of ours, in a process of its own: panva's oidc-provider. */
export class IndependentProvider {
  private constructor(
    private readonly process: NodeProcess,
    private readonly issuer: string,
  ) {}

  /** @param addressInIdToken else only userinfo tells the address, as OpenID Connect Core section 5.4 has it */
  static async start(
    publicUrl: string,
    { addressInIdToken = false }: { addressInIdToken?: boolean } = {},
  ): Promise<IndependentProvider> {
    const port = await freePort();
    const settings = {
      ...client,
      port,
      addressInIdToken,
      redirectUri: `${publicUrl}/oauth/callback`,
      scopes: ['openid', 'email', 'https://www.googleapis.com/auth/gmail.readonly'],
    };
    const process = NodeProcess.start([
      join(repository, 'test/independent-provider/oidc-provider.mjs'),
      JSON.stringify(settings),
    ]);
    await process.says(/READY/);
    return new IndependentProvider(process, `http://localhost:${port}`);
  }

  /** Variables that put it in Google's place. */
  get variables(): Record<string, string> {
    return {
      GOOGLE_ISSUER: this.issuer,
      GOOGLE_AUTH_URL: `${this.issuer}/auth`,
      GOOGLE_TOKEN_URL: `${this.issuer}/token`,
      GOOGLE_REVOKE_URL: `${this.issuer}/token/revocation`,
      GOOGLE_USERINFO_URL: `${this.issuer}/me`,
      GOOGLE_CLIENT_ID: client.clientId,
      GOOGLE_CLIENT_SECRET: client.clientSecret,
    };
  }

  get deeds(): Deed[] {
    return this.process.stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Deed);
  }

  /** How often an account's refresh token was exchanged for another one. */
  refreshes(account: string): number {
    return this.deeds.filter(
      (deed) => deed.what === 'granted' && deed.grantType === 'refresh_token' && deed.account === account,
    ).length;
  }

  /** How often a grant of an account was ended, by us or since a spent token was presented. */
  revoked(account: string): number {
    return this.deeds.filter((deed) => deed.what === 'revoked' && deed.account === account).length;
  }

  async stop(): Promise<void> {
    await this.process.stop('SIGKILL');
  }
}
