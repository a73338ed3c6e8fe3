import { effectiveScope } from '../scopes/asked-scopes.js';

/** What is read of a request (RFC 6749, section 4.1.1; RFC 7636; RFC 8707; OpenID Connect Core, section 3.1.2.1). */
const readParameters = new Set([
  ...['response_type', 'response_mode', 'client_id', 'redirect_uri', 'scope', 'state', 'resource'],
  ...['code_challenge', 'code_challenge_method', 'prompt', 'login_hint', 'nonce', 'max_age'],
  // Not supported: it has to be said so (OpenID Connect Core, sections 6 and 7.2.1), for what is in them would be missed.
  ...['request', 'request_uri', 'registration'],
]);
/** Mean something with the scope `openid` alone. */
const identityParameters = new Set(['nonce', 'max_age']);
const readPrompts = new Set(['none', 'login', 'consent']);

/**
 * The target of an authorization request as it is worked with. What means nothing here is left out, where the library
 * would refuse it; a parameter that comes twice stays so, and is refused.
 */
export function authorizeTarget(target: string): string {
  const [path = '', query = ''] = target.split('?', 2);
  const given = new URLSearchParams(query);
  const asksIdentity = (given.get('scope') ?? '').split(' ').includes('openid');
  const read = new URLSearchParams(
    [...given].filter(
      ([name]) => readParameters.has(name) && (asksIdentity || !identityParameters.has(name)),
    ),
  );
  if (given.getAll('scope').length < 2) read.set('scope', effectiveScope(given.get('scope') ?? undefined));
  if (given.getAll('prompt').length < 2) keepPrompts(read);
  return `${path}?${read.toString()}`;
}

function keepPrompts(read: URLSearchParams): void {
  const kept = (read.get('prompt') ?? '').split(' ').filter((prompt) => readPrompts.has(prompt));
  if (kept.length > 0) read.set('prompt', kept.join(' '));
  else read.delete('prompt');
}
