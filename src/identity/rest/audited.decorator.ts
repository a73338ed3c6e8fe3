import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import type { ChangeName } from '../../audit/index.js';
import { AuditInterceptor } from './audit.interceptor.js';
import { auditedKey, type AuditedRoute } from './audited-route.js';

/** Records an event, with the caller that `ApiKeyGuard` admitted, each time the route has succeeded. */
export function Audited<Answer>(event: ChangeName, subjectOf: AuditedRoute<Answer>['subjectOf']) {
  return applyDecorators(SetMetadata(auditedKey, { event, subjectOf }), UseInterceptors(AuditInterceptor));
}
