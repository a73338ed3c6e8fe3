import { html, name, type Markup } from '../../pages/index.js';
import { redirectTarget } from '../registration/redirect-uris.js';

/** A client as the page tells of it. */
export interface ToldClient {
  clientId: string;
  clientName: string | undefined;
  /** It is a document at its id, so that the host of that vouches for it. */
  isDocument: boolean;
  redirectUri: string;
}

const unnamed = 'An application without a name';

export function shownName({ clientName }: Pick<ToldClient, 'clientName'>): string {
  return clientName ?? unnamed;
}

/** Who vouches for a client, in a line: a name alone anyone can take. */
export function clientOrigin({ clientId, isDocument, redirectUri }: ToldClient): Markup {
  const target = html`<bdi>${redirectTarget(redirectUri)}</bdi>`;
  return html`${vouching(isDocument ? new URL(clientId).host : null)} You will be sent on to ${target}.`;
}

/** @param host that vouches for a client; null for none */
export function vouching(host: string | null): Markup {
  return host === null
    ? html`Unverified: anyone can use this name.`
    : html`Verified: ${name(host)} vouches for it.`;
}
