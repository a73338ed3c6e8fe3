import { type Line, field } from '../answers/fence.js';
import { toldTime } from '../answers/told-time.js';

interface ToldStatus {
  instanceId: string;
  name: string;
  email: string | null;
  oauthStatus: string;
  requiresReauth: boolean;
  errorCode: string | null;
  errorMessage: string | null;
  grantedScopes: readonly string[];
  missingScopes: readonly string[];
  unavailableTools: readonly { name: string; reason: string; why: string }[];
  tokenExpiresAt: string | null;
  grantExpiresAt: string | null;
  mcpTokenExpiresAt: string | null;
  connectUrl?: string | undefined;
}

/** How a mailbox is connected, as text; the scopes that were granted are for programs. */
export function statusText(status: ToldStatus): Line[] {
  const { name, email, instanceId, oauthStatus, requiresReauth, missingScopes, unavailableTools } = status;
  return [
    field(
      email ?? name,
      `${oauthStatus}, ${requiresReauth ? 'a person has to sign in' : 'no sign-in needed'}`,
    ),
    field('Instance', `${instanceId}, ${name}`),
    field('Error', [status.errorCode, status.errorMessage].filter((each) => each !== null).join(': ')),
    field('Missing scopes', missingScopes.join(', ')),
    ...unavailableText(unavailableTools),
    field('Google ends the connection at', toldTime(status.grantExpiresAt).join('')),
    field('Your own token ends at', toldTime(status.mcpTokenExpiresAt).join('')),
    field('For a person to open, once, within ten minutes', status.connectUrl),
  ];
}

/** One line for all that cannot work for the same reason: with most toolsets off they are many. */
export function unavailableText(tools: ToldStatus['unavailableTools']): string[] {
  const names = new Map<string, string[]>();
  for (const { name, reason, why } of tools) {
    const sentence = `cannot work (${reason}): ${why}`;
    names.set(sentence, [...(names.get(sentence) ?? []), name]);
  }
  return [...names].map(([sentence, each]) => `${each.join(', ')} ${sentence}`);
}
