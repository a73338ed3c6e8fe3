import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { clientTypes, documentFile } from './client-types.js';

const program = 'test/openapi/typed-client.ts';

/** What a compiler of this name says of the client program with types made of a document; '' when nothing. */
async function compiled(compiler: 'tsc' | 'tsgo', document: string): Promise<string> {
  // In the repository, so that the client library is found.
  const directory = await mkdtemp('dist/typed-client-');
  try {
    await writeFile(join(directory, 'evergrant-api.d.ts'), await clientTypes(document));
    const source = await readFile(program, 'utf8');
    const own = source.replace('../client/evergrant-api.js', './evergrant-api.js');
    await writeFile(join(directory, 'client.ts'), own);
    const options = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess'];
    const target = ['--target', 'es2023', '--lib', 'es2023,dom,dom.iterable', '--module', 'nodenext'];
    const files = [join(directory, 'client.ts'), join(directory, 'evergrant-api.d.ts')];
    await promisify(execFile)(`node_modules/.bin/${compiler}`, [
      ...options,
      ...target,
      '--ignoreConfig',
      ...files,
    ]);
    return '';
  } catch (error) {
    return String((error as { stdout?: string }).stdout ?? error);
  } finally {
    await rm(directory, { recursive: true });
  }
}

describe.each(['tsc', 'tsgo'] as const)('a typed client of the OpenAPI document, by %s', (compiler) => {
  it('compiles, its types too', async () => {
    expect(await compiled(compiler, await readFile(documentFile, 'utf8'))).toBe('');
  }, 60_000);

  it('does not compile against a document in which a 200 knows no mcpToken', async () => {
    const document = JSON.parse(await readFile(documentFile, 'utf8')) as {
      components: { schemas: { ExistingInstance: { properties: { mcpToken?: object } } } };
    };
    delete document.components.schemas.ExistingInstance.properties.mcpToken;
    expect(await compiled(compiler, JSON.stringify(document))).toContain('mcpToken');
  }, 60_000);
});

it('is held to TypeScript 7 as well', async () => {
  const { stdout } = await promisify(execFile)('node_modules/.bin/tsgo', ['--version']);
  expect(stdout).toMatch(/^Version 7\./);
});
