import { Controller, Get, Param, Query, UseGuards } from '@nestjs/common';
import { ApiKeyGuard, Principal, type ApiPrincipal } from '../../identity/index.js';
import { historyInput, type HistoryInput } from '../instance-input.js';
import { Instances } from '../instances.js';
import { InstanceHistory, type HistoryEvent } from './instance-history.js';

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
  async list(
    @Principal() { tenantId }: ApiPrincipal,
    @Param('id') id: string,
    @Query({ schema: historyInput }) { limit, cursor }: HistoryInput,
  ): Promise<{ items: HistoryEvent[]; nextCursor: string | null }> {
    const instance = await this.instances.get(tenantId, id);
    const { items, nextBefore } = await this.history.page(instance, { limit, before: cursor ?? null });
    return { items, nextCursor: nextBefore };
  }
}
