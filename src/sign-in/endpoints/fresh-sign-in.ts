/**
 * Whether a sign-in will do for a client that wants a new one (`prompt=login`), or one that is no older than `max_age`
 * seconds when it asks (OpenID Connect Core, section 3.1.2.1).
 * @param params of the request for authorization
 */
export function isFreshSignIn(
  { prompt, max_age }: { prompt?: unknown; max_age?: unknown },
  signedInSecondsAgo: number,
  askedSecondsAgo: number,
): boolean {
  const wantsNew = typeof prompt === 'string' && prompt.split(' ').includes('login');
  if (wantsNew) return signedInSecondsAgo <= askedSecondsAgo;
  return max_age === undefined || signedInSecondsAgo - askedSecondsAgo <= Number(max_age);
}
