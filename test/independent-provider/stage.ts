import { adminApiKey, Deployment, type Member } from '../processes/deployment.js';
import { consentAt } from './consenting-browser.js';
import { IndependentProvider } from './independent-provider.js';

const manyRefreshes = { FORCED_REFRESH_LIMIT_PER_MINUTE: '0' };

/** A deployment for which a server that is none of ours stands in for Google's OAuth. */
export class Stage {
  private constructor(
    readonly deployment: Deployment,
    readonly provider: IndependentProvider,
    readonly api: Member,
  ) {}

  static async start(settings: { addressInIdToken: boolean }): Promise<Stage> {
    const deployment = await Deployment.start();
    const provider = await IndependentProvider.start(deployment.publicUrl, settings);
    const [api] = await Promise.all([
      deployment.publicApi({ ...provider.variables, ...manyRefreshes, ROLES: 'api,refresher' }),
      deployment.oauthService(provider.variables),
    ]);
    return new Stage(deployment, provider, api);
  }

  replica(): Promise<Member> {
    return this.deployment.replica({ ...this.provider.variables, ...manyRefreshes });
  }

  /** A new instance, connected on the provider's own pages; returns its id. */
  async connect(account: string, input: object = {}): Promise<string> {
    const instance = { name: account, ...input };
    const created = await this.deployment.request<{ id: string }>(
      this.api,
      'POST',
      '/api/instances',
      instance,
    );
    await this.consent(created.id, account);
    return created.id;
  }

  /** @throws Error when it does not end well */
  async consent(id: string, account: string): Promise<void> {
    const path = `/api/instances/${id}/start-oauth`;
    const link = await this.deployment.request<{ authorizationUrl: string }>(this.api, 'POST', path, {});
    const end = await consentAt(link.authorizationUrl, { login: account, password: 'any' });
    if (end.searchParams.get('connected') !== id) throw new Error(`Not connected: ${end.href}`);
  }

  about(id: string): Promise<{ email: string; oauthStatus: string; requiresReauth: boolean }> {
    return this.deployment.request(this.api, 'GET', `/api/instances/${id}`);
  }

  async delete(id: string): Promise<number> {
    const headers = { authorization: `Bearer ${adminApiKey}` };
    return (await fetch(`${this.api.url}/api/instances/${id}`, { method: 'DELETE', headers })).status;
  }

  async stop(): Promise<void> {
    await this.deployment.stop();
    await this.provider.stop();
  }
}
