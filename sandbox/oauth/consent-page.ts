import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { escapeUTF8 as escape } from 'entities';
import type { Account } from '../state/sandbox-state.js';
import type { AuthorizationRequest } from './authorization-request.js';
import type { OAuthError } from './oauth-error.js';
import { describeScope } from './scopes.js';

export const stylesheetPath = '/sandbox/pico.css';

/** Pico's stylesheet, out of its package. */
export function readStylesheet(): string {
  return readFileSync(createRequire(import.meta.url).resolve('@picocss/pico/css/pico.min.css'), 'utf8');
}

const layout = `
  main.container { max-width: 34rem; }
  article > header > strong { display: block; }
  fieldset label { display: flex; align-items: flex-start; margin-bottom: .75rem; overflow-wrap: anywhere; }
  fieldset label > input { flex: none; margin-top: .2em; }
  fieldset small { display: block; opacity: .75; }
  .choice { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
  .choice button { margin: 0; }`;

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(title)}</title>
<link rel="stylesheet" href="${stylesheetPath}">
<style>${layout}</style>
</head>
<body><main class="container">
<article>
<header><strong>Sandbox, not Google</strong><small>A stand-in for trying things out. No real account is involved.</small></header>
${content}
</article>
</main></body>
</html>`;
}

function accountChoice({ email, name }: Account, chosen: boolean): string {
  return `
<label><input type="radio" name="account" value="${escape(email)}" required${chosen ? ' checked' : ''}>
<span>${escape(name)}<small>${escape(email)}</small></span></label>`;
}

function scopeChoice(scope: string): string {
  return `
<label><input type="checkbox" name="scope" value="${escape(scope)}" checked>
<span>${escape(describeScope(scope) ?? scope)}<small>${escape(scope)}</small></span></label>`;
}

/** The page on which a person chooses an account, unticks scopes, and allows or denies. */
export function consentPage(
  request: AuthorizationRequest,
  query: string,
  accounts: readonly Account[],
  chosen: Account | undefined,
): string {
  return page(
    'Sandbox consent',
    `<h1>Let this app in?</h1>
<p><code>${escape(request.clientId)}</code> asks for access to a sandbox mailbox.</p>
<form method="post" action="/o/oauth2/v2/auth">
<input type="hidden" name="request" value="${escape(query)}">
<fieldset><legend><strong>Account</strong></legend>${accounts
      .map((account) => accountChoice(account, account === (chosen ?? accounts[0])))
      .join('')}
</fieldset>
<fieldset><legend><strong>It may</strong></legend>${request.scopes.map(scopeChoice).join('')}
</fieldset>
<div class="choice">
<button type="submit" name="decision" value="deny" class="secondary outline">Deny</button>
<button type="submit" name="decision" value="allow">Allow</button>
</div>
</form>`,
  );
}

/** The page for a request that must not be answered by a redirect. */
export function authorizationErrorPage(error: OAuthError): string {
  return page(
    'Sandbox: access blocked',
    `<h1>Access blocked</h1>
<p>Error ${error.status}: <code>${escape(error.error)}</code></p>
<p>${escape(error.message)}</p>`,
  );
}
