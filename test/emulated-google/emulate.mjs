// Vercel's emulate as Google, as `node emulate.mjs <port and seed as JSON>`: its OAuth pages and its Gmail.
import { createEmulator } from 'emulate';

const { port, seed } = JSON.parse(process.argv[2]);
const baseUrl = `http://localhost:${port}`;
await createEmulator({ service: 'google', port, baseUrl, seed: { google: seed } });
console.log('READY');
