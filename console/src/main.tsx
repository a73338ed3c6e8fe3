import '@mantine/core/styles.css';
import './console.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { takeSignInLinks } from './api/sign-in-link.js';
import { tellNonce } from './nonce.js';

tellNonce();
takeSignInLinks();

const root = document.getElementById('console');
if (root === null) throw new Error('index.html has no #console');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
