import { z } from 'zod';
import { storedText } from '../../database/index.js';
import { pageView } from '../../openapi/index.js';

/** An event of a tenant's audit log, as its hash covers it. */
export const auditEventView = z
  .object({
    tenantId: z.string(),
    sequence: z.number().describe('From 1 on, without a gap'),
    at: z.string().describe('When the transaction that recorded it began'),
    event: z.string().describe('Such as `instance.created`, `tool.called` or `act.held`'),
    actor: z.record(z.string(), z.unknown()).describe('`kind` and `id` of the key, token or person'),
    subject: z
      .record(z.string(), z.unknown())
      .nullable()
      .describe('`kind` and `id` of what the event is about'),
    instanceId: z.string().nullable(),
    details: z.record(z.string(), z.unknown()).describe('What belongs to the event; no content of mail'),
    previousHash: z.string().describe('The `hash` of the event before'),
    hash: z
      .string()
      .describe(
        'SHA-256, in hex, over the other fields but `seal`, and `"version": 1`, as RFC 8785 writes them',
      ),
    seal: z.string().describe('HMAC-SHA-256 over `hash`, under a key that the database holds sealed only'),
  })
  .meta({
    id: 'AuditEvent',
    description: 'Something that was done in a tenant, linked to what was done before',
  });

export const auditPageView = pageView(auditEventView).meta({
  id: 'AuditPage',
  description: 'What was done in a tenant, the newest first',
});

/** PostgreSQL knows no year 0. */
const instant = z.iso
  .datetime({ offset: true })
  .refine((given) => !given.startsWith('0000'), 'is not a date');
const sequence = z.string().regex(/^\d{1,15}$/, 'is not one of ours');

export const auditQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: sequence.optional().describe('The `nextCursor` of the page before'),
  event: storedText(100).optional().describe('Only events of this name'),
  actor: storedText(300).optional().describe('Only of the key, token or person of this id, or of this kind'),
  instanceId: z.guid().optional(),
  from: instant.optional().describe('From this instant on'),
  to: instant.optional().describe('Up to this instant, which is not in it'),
});
export type AuditQuery = z.output<typeof auditQuery>;

export const auditExportQuery = z.strictObject({
  after: sequence
    .default('0')
    .describe('Only events after this sequence: that of the last one exported before'),
});
export type AuditExportQuery = z.output<typeof auditExportQuery>;
