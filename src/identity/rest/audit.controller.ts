import { Readable } from 'node:stream';
import { Controller, Get, Header, Query, StreamableFile, UseGuards } from '@nestjs/common';
import type { z } from 'zod';
import { AuditLog, type AuditEntry } from '../../audit/index.js';
import { Answers, Summary } from '../../openapi/index.js';
import { ApiKeyGuard } from '../admission/api-key.guard.js';
import { Principal } from '../admission/principal.decorator.js';
import { RequireRight } from '../admission/required-right.decorator.js';
import type { ApiPrincipal } from '../holders/api-principal.js';
import {
  auditEventView,
  auditExportQuery,
  auditPageView,
  auditQuery,
  type AuditExportQuery,
  type AuditQuery,
} from './audit-view.js';

/** What was done in a tenant, and by whom. */
@Controller('api/audit')
@UseGuards(ApiKeyGuard)
@RequireRight('audit:read')
export class AuditController {
  constructor(private readonly log: AuditLog) {}

  @Get()
  @Summary('Tell what was done, and by whom', 'The newest first. Filters narrow it together.')
  @Answers({ 200: auditPageView })
  async list(
    @Principal() { tenantId }: ApiPrincipal,
    @Query({ schema: auditQuery }) { cursor, from, to, ...filter }: AuditQuery,
  ): Promise<z.output<typeof auditPageView>> {
    const { items, nextBefore } = await this.log.page(tenantId, {
      ...filter,
      before: cursor === undefined ? undefined : Number(cursor),
      from: from === undefined ? undefined : new Date(from),
      to: to === undefined ? undefined : new Date(to),
    });
    return { items, nextCursor: nextBefore === null ? null : String(nextBefore) };
  }

  @Get('export')
  @Header('cache-control', 'no-store')
  @Summary(
    'Export the audit log',
    'JSON lines, the oldest event first, with sequences, hashes and seals: `npm run audit:verify -- --file` checks them. The hash of the last one is the place to note.',
  )
  @Answers({
    200: { mediaType: 'application/x-ndjson', description: 'An event a line', schema: auditEventView },
  })
  export(
    @Principal() { tenantId }: ApiPrincipal,
    @Query({ schema: auditExportQuery }) { after }: AuditExportQuery,
  ): StreamableFile {
    const lines = Readable.from(linesOf(this.log.after(tenantId, Number(after))));
    return new StreamableFile(lines, { type: 'application/x-ndjson' });
  }
}

async function* linesOf(entries: AsyncIterable<AuditEntry>): AsyncGenerator<string, void, undefined> {
  for await (const entry of entries) yield `${JSON.stringify(entry)}\n`;
}
