import { EvergrantError } from '../errors/index.js';
import { coversScope } from '../gmail/index.js';
import type { Instance } from '../instances/index.js';

/**
 * The refusal of what needs one of these scopes and has none. A link to consent helps only if the instance
 * asks for the scope; otherwise that comes first.
 */
export function missingScope(scopes: readonly string[], instance: Instance): EvergrantError {
  const needed = `This needs the permission ${scopes.join(' or ')}`;
  const asked = scopes.some((scope) => coversScope(instance.scopes, scope));
  const message = asked
    ? `${needed}, which was not granted - please re-authenticate and grant it`
    : `${needed}, which this connection does not ask for - its operator has to add it to the scopes of the ` +
      'instance first, and then the owner of the mailbox has to connect again';
  return new EvergrantError('INSUFFICIENT_SCOPE', { message });
}
