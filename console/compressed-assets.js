import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const worthCompressing = /\.(js|css|svg)$/;

/** @returns {import('vite').Plugin} Writes `.br` and `.gz` beside each asset, so that no request is compressed for. */
export function compressedAssets() {
  return {
    name: 'evergrant-compressed-assets',
    apply: 'build',
    writeBundle({ dir = '' }, bundle) {
      for (const file of Object.keys(bundle).filter((name) => worthCompressing.test(name))) {
        const content = readFileSync(join(dir, file));
        const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
        writeFileSync(join(dir, `${file}.br`), brotliCompressSync(content, { params }));
        writeFileSync(join(dir, `${file}.gz`), gzipSync(content, { level: 9 }));
      }
    },
  };
}
