import { DomUtils, parseDocument } from 'htmlparser2';

export interface ConsentChoice {
  /** The account to choose; without it the one that the page has ticked. */
  account?: string;
  decision?: 'allow' | 'deny';
  /** Scopes to untick, as the page names them. */
  withoutScopes?: readonly string[];
}

/**
 * Does over HTTP what a person does on the sandbox's consent page, and returns the `Location` that it redirects to,
 * without following it.
 * Throws when the page shows an error, when the account or a scope is not on it, or when the answer is no redirect.
 */
export async function passConsent(
  authorizationUrl: string,
  { account, decision = 'allow', withoutScopes = [] }: ConsentChoice = {},
): Promise<string> {
  const page = await fetch(authorizationUrl);
  const html = await page.text();
  const form = DomUtils.findOne(({ name }) => name === 'form', parseDocument(html).children);
  if (page.status !== 200 || form === null) throw new Error(`No consent page was shown: HTTP ${page.status}`);

  const inputs = DomUtils.getElementsByTagName('input', form).map(({ attribs }) => attribs);
  requireOffered(inputs, account, withoutScopes);

  const fields = inputs.filter(({ type, name, value, checked }) => {
    if (type === 'radio') return account === undefined ? checked !== undefined : value === account;
    if (type === 'checkbox') return name !== 'scope' || !withoutScopes.includes(value ?? '');
    return true;
  });
  const body = new URLSearchParams();
  for (const { name = '', value = '' } of fields) body.append(name, value);
  body.append('decision', decision);

  const action = new URL(form.attribs.action ?? '', authorizationUrl);
  const answer = await fetch(action, { method: 'POST', body, redirect: 'manual' });
  await answer.arrayBuffer();
  const location = answer.headers.get('location');
  if (location === null) throw new Error(`The consent page did not redirect: HTTP ${answer.status}`);
  return location;
}

function requireOffered(
  inputs: readonly Record<string, string>[],
  account: string | undefined,
  scopes: readonly string[],
): void {
  function offers(name: string, value: string): boolean {
    return inputs.some((input) => input.name === name && input.value === value);
  }
  if (account !== undefined && !offers('account', account))
    throw new Error('The account is not on the page.');
  if (!scopes.every((scope) => offers('scope', scope))) throw new Error('A scope is not on the page.');
}
