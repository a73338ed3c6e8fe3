import { Controller, Get, Param, Query, UseGuards } from '@nestjs/common';
import { z } from 'zod';
import { ApiKeyGuard, Principal, RequireRight, type ApiPrincipal } from '../../identity/index.js';
import { Answers, Summary } from '../../openapi/index.js';
import { Instances } from '../directory/instances.js';
import { historyPageView } from './history-view.js';
import { InstanceHistory } from './instance-history.js';

const historyInput = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z
    .string()
    .regex(/^\d{1,18}$/, 'is not one of ours')
    .optional()
    .describe('The `nextCursor` of the page before'),
});
type HistoryInput = z.output<typeof historyInput>;

/** What happened to an instance's grant. */
@Controller('api/instances/:id/events')
@UseGuards(ApiKeyGuard)
export class HistoryController {
  constructor(
    private readonly instances: Instances,
    private readonly history: InstanceHistory,
  ) {}

  /** The newest event first. */
  @Get()
  @RequireRight('instances:read')
  @Summary(
    "Tell what happened to an instance's grant",
    'Consents, refreshes, verdicts and revocations, newest first, with fingerprints in place of tokens.',
  )
  @Answers({ 200: historyPageView })
  async list(
    @Principal() { tenantId }: ApiPrincipal,
    @Param('id') id: string,
    @Query({ schema: historyInput }) { limit, cursor }: HistoryInput,
  ): Promise<z.output<typeof historyPageView>> {
    const instance = await this.instances.get(tenantId, id);
    const { items, nextBefore } = await this.history.page(instance, { limit, before: cursor ?? null });
    return { items, nextCursor: nextBefore };
  }
}
