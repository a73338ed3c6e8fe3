import type { TestApp } from './test-app.js';

/** A file as a mail brings it. */
export interface AttachedFile {
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** Delivers a mail with files to an account of the sandbox, and returns its id; the parts of the files are `1`, `2` … */
export async function deliverFiles(
  { google }: Pick<TestApp, 'google'>,
  account: string,
  files: readonly AttachedFile[],
): Promise<string> {
  const { id } = await google.deliver(account, {
    from: 'Ada <ada@x.test>',
    subject: 'Files',
    body: {
      contentType: 'multipart/mixed',
      parts: [
        { contentType: 'text/plain', text: 'See the files' },
        ...files.map(({ contentType, fileName, bytes }) => ({
          ...{ contentType, fileName, contentBase64: bytes.toString('base64') },
        })),
      ],
    },
  });
  return id;
}
