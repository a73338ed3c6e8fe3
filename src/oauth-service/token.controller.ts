import {
  Body,
  Controller,
  Get,
  Header,
  HttpStatus,
  Logger,
  Param,
  Post,
  Res,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ErrorFilter, EvergrantError, oauthRendering } from '../errors/index.js';
import {
  ProviderRegistry,
  TokenExchange,
  type CodeExchangeOutcome,
  type RefreshOutcome,
} from '../oauth/index.js';
import { DrainingGuard } from './draining.guard.js';
import { IdempotencyKey } from './idempotency-key.js';
import { ServiceTokenGuard } from './service-token.guard.js';
import { tokenAnswer, tokenAnswerStatus } from './token-answer.js';
import { codeExchangeInput, refreshInput, type CodeExchangeInput, type RefreshInput } from './token-input.js';

/** Tokens for those who share the secret. What was begun is carried to its end, though the caller hang up. */
@Controller('token')
@UseFilters(new ErrorFilter(oauthRendering))
@UseGuards(ServiceTokenGuard)
export class TokenController {
  private readonly logger = new Logger(TokenController.name);

  constructor(
    private readonly exchange: TokenExchange,
    private readonly providers: ProviderRegistry,
  ) {}

  /** Presents a refresh token once for each `Idempotency-Key`, however often it is asked. */
  @Post('refresh')
  @UseGuards(DrainingGuard)
  async refresh(
    @IdempotencyKey() attemptId: string,
    @Body({ schema: refreshInput }) input: RefreshInput,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { provider, refreshToken, clientId, clientSecret, scopes } = input;
    const singleUse = input.singleUse ?? this.providers.get(provider).refreshTokenReplay === 'single-use';
    const client = { clientId, clientSecret };
    const outcome = await this.exchange.refresh({
      ...{ provider, attemptId, refreshToken, client, singleUse },
      ...(scopes === undefined ? {} : { scopes }),
    });
    this.answer(reply, outcome, { msg: 'Refresh answered', provider, attemptId });
  }

  /** What became of an attempt: its outcome (200), still running (202), or unknown here (404). */
  @Get('refresh/:attemptId')
  @Header('cache-control', 'no-store')
  async recall(
    @Param('attemptId') attemptId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const attempt = await this.exchange.recall(attemptId);
    switch (attempt.status) {
      case 'settled':
        return { status: 'settled', outcome: tokenAnswer(attempt.outcome) };
      case 'running':
        reply.status(HttpStatus.ACCEPTED);
        return { status: 'running' };
      case 'unknown':
        throw new EvergrantError('NOT_FOUND', { reason: 'attempt_unknown' });
      case 'unavailable':
        throw new EvergrantError('SERVICE_UNAVAILABLE', { reason: 'attempt_not_recallable' });
    }
  }

  /** Redeems an authorization code (RFC 6749 section 4.1.3). */
  @Post('exchange')
  @UseGuards(DrainingGuard)
  async exchangeCode(
    @Body({ schema: codeExchangeInput }) input: CodeExchangeInput,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { clientId, clientSecret, ...grant } = input;
    const outcome = await this.exchange.exchangeCode({ ...grant, client: { clientId, clientSecret } });
    this.answer(reply, outcome, { msg: 'Code exchange answered', provider: grant.provider });
  }

  private answer(reply: FastifyReply, outcome: RefreshOutcome | CodeExchangeOutcome, log: object): void {
    const { status } = outcome;
    const cause = 'errorCode' in outcome ? { errorCode: outcome.errorCode, reason: outcome.reason } : {};
    this.logger.log({ ...log, outcome: status, ...cause });
    if (status === 'unavailable' && outcome.retryAfterSeconds !== null) {
      reply.header('retry-after', outcome.retryAfterSeconds);
    }
    void reply
      .header('cache-control', 'no-store')
      .status(tokenAnswerStatus(outcome))
      .send(tokenAnswer(outcome));
  }
}
