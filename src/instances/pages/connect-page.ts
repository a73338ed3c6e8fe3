import { formTargets, html, name, type Markup, type Page } from '../../pages/index.js';
import type { ToldFlow } from '../flows/told-flows.js';
import { permissions } from './permissions.js';

/** The tenant that a deployment for one starts with; its name tells a person nothing. */
const defaultTenantName = 'default';

/** What a person sees before anything is begun: who asks for what, and a button. */
export function connectPage(flow: ToldFlow, host: string): Page {
  const asker = flow.tenantName === defaultTenantName ? host : flow.tenantName;
  return {
    title: flow.isReconnect ? 'Connect your mailbox again?' : 'Connect your mailbox?',
    content: html`<p>${name(asker)} asks for access to your Gmail mailbox.</p>
      <dl>
        <dt>Connection</dt>
        <dd><bdi>${flow.instanceName}</bdi></dd>
        <dt>Asked for by</dt>
        <dd><bdi>${asker}</bdi>${asker === host ? '' : `, at ${host}`}</dd>
        <dt>Google account</dt>
        <dd>${expectedAccount(flow)}</dd>
      </dl>
      <p>It will be able to:</p>
      <ul>
        ${permissions(flow.scopes).map((permission) => html`<li>${permission}</li>`)}
      </ul>
      <p>
        Go on only if you expected this link and know ${name(asker)}. What you allow lasts until you take it
        back in your Google account.
      </p>
      <form method="post"><button type="submit">Continue to Google</button></form>`,
    formTargets: formTargets(flow.returnTo),
  };
}

function expectedAccount({ expectedAccount: account, isReconnect, requiredAccount }: ToldFlow): Markup {
  if (account === null) return html`The one that you choose at Google`;
  const isOnlyOne = isReconnect || requiredAccount !== null;
  return isOnlyOne ? html`<bdi>${account}</bdi> and no other` : html`<bdi>${account}</bdi>`;
}
