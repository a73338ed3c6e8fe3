import { html, type Markup } from '../../pages/index.js';
import type { Approval } from '../approvals/approval.js';
import { shownText } from './shown-text.js';

/** Who asked, in terms and what is told of them: a client for a person, or an MCP token. */
export function requesterEntries({ stored, surroundings }: Approval): [string, Markup][] {
  const { personId, clientId, clientName, clientHost } = stored;
  const { tokenName, personEmail } = surroundings;
  if (personId === null) return [['Asked by', tokenName === null ? html`an MCP client` : set(tokenName)]];
  const client = clientName === null ? html`An application without a name` : set(clientName);
  const origin =
    clientHost === null
      ? html`Unverified: anyone can use this name`
      : html`Verified: ${set(clientHost)} vouches for it`;
  return [
    ['Asked by', client],
    ...(clientId === null ? [] : [['Where it comes from', origin] satisfies [string, Markup]]),
    ['For', personEmail === null ? html`a person who is gone` : set(personEmail)],
  ];
}

function set(text: string): Markup {
  return html`<bdi>${shownText(text)}</bdi>`;
}
