import type { errors, KoaContextWithOIDC } from 'oidc-provider';
import { html, renderedPage, type Markup, type Page } from '../../pages/index.js';
import { TemporarilyUnavailable } from './temporarily-unavailable.js';

/** Routes that a browser is at: all others are asked by programs, whatever they say they accept. */
const pageRoutes = new Set(['authorization', 'resume']);

/** Says what keeps the browser from being sent back to its client: in a page, or in JSON (RFC 6749, section 5.2). */
export function renderAuthorizeError(ctx: KoaContextWithOIDC, error: errors.OIDCProviderError): void {
  if (!pageRoutes.has(ctx.oidc.route)) {
    const { error: code, error_description } = error;
    ctx.body = error.expose ? { error: code, error_description } : { error: 'server_error' };
    return;
  }
  const { headers, body } = renderedPage(authorizeErrorPage(error));
  ctx.set(headers);
  ctx.body = body;
}

function authorizeErrorPage(error: errors.OIDCProviderError): Page {
  const isPassing = error instanceof TemporarilyUnavailable || !error.expose;
  const content = isPassing ? passing : (explanations[error.error] ?? other);
  const title = isPassing ? 'Not available just now' : 'Your application could not be connected';
  return { title, content: html`${content}${details(error, isPassing)}`, formTargets: null };
}

const passing = html`<p>
  The server cannot answer at the moment. Nothing was lost: go back to your application and connect again in a
  little while.
</p>`;

const explanations: Partial<Record<string, Markup>> = {
  invalid_client: html`<p>
    This server does not know the application that sent you here, or not any more. In the application, remove
    this server and add it again: it then introduces itself anew.
  </p>`,
  invalid_redirect_uri: html`<p>
    The application asked to have you sent to an address that it did not register. That is a fault of the
    application, or someone else is using its name. Nothing was allowed.
  </p>`,
};

const other = html`<p>
  The request was not complete, came too late, or belongs to another browser. Nothing was allowed: go back to
  your application and connect again.
</p>`;

function details({ error, error_description }: errors.OIDCProviderError, isPassing: boolean): Markup {
  if (isPassing) return html``;
  return html`<details>
    <summary>For the developer of the application</summary>
    <p><code>${error}</code>: ${error_description ?? ''}</p>
  </details>`;
}
