import { Body, Controller, Get, HttpCode, HttpStatus, Inject, Post, UseGuards } from '@nestjs/common';
import { RateLimitWindows } from '../../database/index.js';
import { EvergrantError } from '../../errors/index.js';
import { DEFAULT_GMAIL_SCOPES } from '../../gmail/index.js';
import { ApiKeyGuard, OperatorOnly, Principal, type ApiPrincipal } from '../../identity/index.js';
import { Answers, Fails, Summary } from '../../openapi/index.js';
import { InstancesOptions } from '../instances-options.js';
import { broughtClient } from '../rest/instance-input.js';
import { checkNames } from './setup-checks.js';
import { SetupInspection } from './setup-inspection.js';
import {
  setupChecksInput,
  setupChecksView,
  setupView,
  type SetupChecksInput,
  type SetupChecksView,
  type SetupView,
} from './setup-view.js';

/** Of all processes together: each asks Google up to three times. */
const checksPerMinute = 10;

/** How the deployment is set up with Google, for a guide that checks as one goes. */
@Controller('api/setup')
@UseGuards(ApiKeyGuard)
@OperatorOnly()
export class SetupController {
  constructor(
    private readonly inspection: SetupInspection,
    private readonly windows: RateLimitWindows,
    @Inject(InstancesOptions) private readonly options: InstancesOptions,
  ) {}

  @Get()
  @Summary(
    'Tell how it is set up with Google',
    "For the operator: what Google's console needs, and no secret.",
  )
  @Answers({ 200: setupView })
  async tell(): Promise<SetupView> {
    const { google, publicUrl, redirectUri } = this.options;
    const { clientId } = await this.inspection.deploymentClient();
    return { google, publicUrl, redirectUri, clientId, scopes: [...DEFAULT_GMAIL_SCOPES] };
  }

  @Post('checks')
  @HttpCode(HttpStatus.OK)
  @Summary(
    'Check how it is set up with Google',
    "For the operator: by calls that grant nothing and change nothing. With `clientId` and `clientSecret` a pair is checked that is not configured; it is kept nowhere. Ten times a minute at most. What a connected mailbox tells is asked of one in the operator's tenant.",
  )
  @Answers({ 200: setupChecksView })
  @Fails('RATE_LIMITED')
  async check(
    @Principal() { tenantId }: ApiPrincipal,
    @Body({ schema: setupChecksInput }) input: SetupChecksInput,
  ): Promise<SetupChecksView> {
    await this.permit();
    const client = broughtClient(input) ?? (await this.inspection.deploymentClient());
    const findings = await this.inspection.check(tenantId, client);
    return { clientId: client.clientId, checks: checkNames.map((name) => ({ name, ...findings[name] })) };
  }

  private async permit(): Promise<void> {
    const { granted, endsInMs } = await this.windows.take('setup-checks', checksPerMinute);
    if (granted > 0) return;
    throw new EvergrantError('RATE_LIMITED', { retryAfterSeconds: Math.max(1, Math.ceil(endsInMs / 1_000)) });
  }
}
