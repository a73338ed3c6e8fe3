import { Injectable, Logger } from '@nestjs/common';
import { OAuthClients } from '../../credentials/index.js';
import { TokenExchange, type Rejected, type Unavailable } from '../../oauth/index.js';
import { Instances } from '../directory/instances.js';
import type { ConsentCourse } from './consent-ending.js';
import { GrantAdmission } from './grant-admission.js';
import type { ConsentFlow } from '../flows/consent-flow.js';

/** Turns an authorization code into a connected mailbox, or tells how far it came; then nothing is stored. */
@Injectable()
export class CodeRedemption {
  private readonly logger = new Logger(CodeRedemption.name);

  constructor(
    private readonly instances: Instances,
    private readonly oauthClients: OAuthClients,
    private readonly exchange: TokenExchange,
    private readonly admission: GrantAdmission,
  ) {}

  async redeem(
    flow: ConsentFlow,
    response: { code: string; codeVerifier: string; redirectUri: string },
  ): Promise<ConsentCourse> {
    const { instanceId, oauthClientId, provider, consentForced } = flow;
    const instance = await this.instances.findById(flow.tenantId, instanceId);
    if (!instance) return { reached: 'flow' };
    if (oauthClientId === null) return { reached: 'client' };
    const { credentials: client } = await this.oauthClients.resolve(oauthClientId);
    if (!client) return { reached: 'client' };

    const exchanged = await this.exchange.exchangeCode({ provider, ...response, client });
    if (exchanged.status !== 'exchanged') {
      this.logFailure(instanceId, exchanged);
      return { reached: 'exchange', failure: exchanged, consentForced };
    }
    const course = await this.admission.admit({
      ...{ flow, instance, client, oauthClientId },
      tokens: exchanged.tokens,
    });
    if (course.reached !== 'connection' || course.outcome !== 'connected') return course;
    // What now serves may be a grant that was there before.
    const connected = await this.instances.findById(flow.tenantId, instanceId);
    return { ...course, grantExpiresAt: connected?.grantExpiresAt ?? null };
  }

  private logFailure(instanceId: string, { status, errorCode, reason }: Rejected | Unavailable): void {
    const entry = { msg: 'Authorization code not redeemed', instanceId, status, errorCode, reason };
    // A rejected client stops every consent until an operator corrects it.
    if (errorCode === 'INVALID_CLIENT') this.logger.error(entry);
    else this.logger.warn(entry);
  }
}
