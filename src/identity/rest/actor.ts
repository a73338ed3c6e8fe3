import type { Actor } from '../../audit/index.js';
import type { ApiPrincipal } from '../holders/api-principal.js';

/** A caller of the REST API as events name it. */
export function actorOf({ operator, session, connectSession, apiKeyId: id, tenantId }: ApiPrincipal): Actor {
  if (connectSession) return { kind: 'connect-session', id: connectSession.id, tenantId };
  if (session) return { kind: 'session', id, tenantId };
  return { kind: operator ? 'operator' : 'api-key', id, tenantId };
}
