import { defineConfig } from 'vite';

/** One ES module without dependencies, for pages of any origin; the `api` role serves it as it is. */
export default defineConfig({
  root: import.meta.dirname,
  logLevel: 'warn',
  build: {
    target: 'es2022',
    outDir: '../../dist/connect',
    emptyOutDir: true,
    minify: true,
    lib: { entry: 'evergrant-connect.ts', formats: ['es'], fileName: () => 'evergrant-connect.js' },
  },
});
