import '@mantine/core/styles.css';
import './console.css';
import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { takeSignInLinks } from './api/sign-in-link.js';
import { noteConsentProblem } from './mailboxes/consent-attempt.js';
import { ConsentEnd } from './mailboxes/consent-end.js';
import { takeConsentResult, tellConsentResult } from './mailboxes/consent-window.js';
import { tellNonce } from './nonce.js';

tellNonce();
takeSignInLinks();
render(firstView());

function firstView(): ReactNode {
  const result = takeConsentResult();
  if (result?.inOwnWindow === true) {
    tellConsentResult(result);
    window.close();
    return <ConsentEnd />;
  }
  const [, instanceId] = /^#\/mailboxes\/([\w-]+)/.exec(location.hash) ?? [];
  if (result?.error != null && instanceId !== undefined) noteConsentProblem(instanceId, result.error);
  return <App />;
}

function render(view: ReactNode): void {
  const root = document.getElementById('console');
  if (root === null) throw new Error('index.html has no #console');
  createRoot(root).render(<StrictMode>{view}</StrictMode>);
}
