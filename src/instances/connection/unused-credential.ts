import type { CredentialRelease } from '../../credentials/index.js';
import { rows, type SqlExecutor } from '../../database/index.js';

/** Destroys the tokens of a credential that no instance points to any more; the last one out turns off the light. */
export async function discardIfUnused(
  executor: SqlExecutor,
  release: CredentialRelease,
  { tenantId, credentialId, revoke }: { tenantId: string; credentialId: string; revoke: boolean },
): Promise<void> {
  await release.lock(executor, credentialId);
  const users = await rows(
    executor,
    'SELECT id FROM mcp_instances WHERE tenant_id = $1 AND credential_id = $2 LIMIT 1',
    [tenantId, credentialId],
  );
  if (users.length === 0) await release.discard(executor, credentialId, { revoke });
}
