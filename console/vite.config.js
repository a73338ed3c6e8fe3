import { defineConfig } from 'vite';
import { compressedAssets } from './compressed-assets.js';

/** Where the server writes the nonce of an answer (src/console/console-page.ts). */
const noncePlaceholder = '%NONCE%';

export default defineConfig({
  root: import.meta.dirname,
  html: { cspNonce: noncePlaceholder },
  build: {
    outDir: '../dist/console',
    emptyOutDir: true,
    // An inlined asset would be a data: URL, which the policy allows for images alone.
    assetsInlineLimit: 0,
    // Vite's polyfill is for browsers that know no modulepreload; it would be one more script.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  plugins: [compressedAssets()],
  logLevel: 'warn',
});
