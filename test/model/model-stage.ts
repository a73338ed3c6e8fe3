import { freePort } from '../../sandbox/index.js';
import { sandboxClientId, TestApp } from '../harness/test-app.js';
import { startOAuthRole } from '../harness/oauth/oauth-service.js';
import { CredentialModel } from './credential-model.js';
import { Mailbox, type ProviderKind } from './mailbox.js';

/** Two replicas and an OAuth service over one database and one provider, for many lives one after another. */
export class ModelStage {
  private constructor(
    private readonly replicas: readonly [TestApp, TestApp],
    private readonly service: Awaited<ReturnType<typeof startOAuthRole>>,
  ) {}

  static async start(): Promise<ModelStage> {
    const port = await freePort();
    const variables = {
      OAUTH_SERVICE_URL: `http://localhost:${port}`,
      RATE_LIMIT_PER_MINUTE: '0',
      FORCED_REFRESH_LIMIT_PER_MINUTE: '0',
      LOG_LEVEL: 'warn',
    };
    const first = await TestApp.start(variables);
    const second = await TestApp.start(variables, { beside: first });
    const { GOOGLE_TOKEN_URL } = first.environment;
    const service = await startOAuthRole(port, { GOOGLE_TOKEN_URL, GOOGLE_CLIENT_ID: sandboxClientId });
    return new ModelStage([first, second], service);
  }

  get app(): TestApp {
    return this.replicas[0];
  }

  /** One life of a new mailbox, from its first consent to its end. */
  async live(
    provider: ProviderKind,
    happens: (mailbox: Mailbox, model: CredentialModel) => Promise<void>,
  ): Promise<void> {
    const model = new CredentialModel();
    const mailbox = new Mailbox(this.replicas, model);
    try {
      await mailbox.open(provider);
      await happens(mailbox, model);
      await mailbox.end();
    } finally {
      await this.app.google.clearFaults();
      await this.app.google.release();
    }
  }

  async stop(): Promise<void> {
    await this.replicas[1].stop();
    await this.replicas[0].stop();
    await this.service.stop();
  }
}
