import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { connectMailbox } from '../../sandbox/index.js';

const demoFile = z.object({ instanceId: z.string(), mcpToken: z.string() });
const instanceAnswer = z.object({
  id: z.string(),
  email: z.string().nullable(),
  oauthStatus: z.string(),
  requiresReauth: z.boolean(),
  mcpUrl: z.string(),
});
const notFound = z.object({ errorCode: z.literal('NOT_FOUND') });
const createdAnswer = instanceAnswer.extend({ mcpToken: z.string() });

export interface DemoMailbox {
  email: string;
  instanceId: string;
  mcpUrl: string;
  mcpToken: string;
  /** Where the token is kept, for output that is not a terminal. */
  file: string;
  /** False when an earlier run had connected it. */
  connectedNow: boolean;
}

/** A mailbox in the sandbox, connected through the same REST API and consent pages that people use. */
export class DemoMailboxes {
  private readonly file: string;

  constructor(
    private readonly apiUrl: string,
    private readonly adminApiKey: string,
    dataDir: string,
  ) {
    this.file = join(dataDir, 'demo-mailbox.json');
  }

  async connect(): Promise<DemoMailbox> {
    const { instance, mcpToken } = (await this.existing()) ?? (await this.create());
    const connectedNow = instance.oauthStatus !== 'completed' || instance.requiresReauth;
    if (connectedNow) {
      const { authorizationUrl } = z
        .object({ authorizationUrl: z.string() })
        .parse(await this.request('POST', `/api/instances/${instance.id}/start-oauth`, {}));
      const result = new URL(await connectMailbox(authorizationUrl)).searchParams;
      if (result.get('connected') !== instance.id) {
        throw new Error(`The demo mailbox was not connected: ${result.get('error') ?? 'no answer'}`);
      }
    }
    const { id, email, mcpUrl } = instanceAnswer.parse(
      await this.request('GET', `/api/instances/${instance.id}`),
    );
    return { email: email ?? '', instanceId: id, mcpUrl, mcpToken, file: this.file, connectedNow };
  }

  private async existing() {
    const text = await readFile(this.file, 'utf8').catch(() => null);
    if (text === null) return null;
    const kept = parseDemoFile(text);
    if (kept === null) return null;
    const { instanceId, mcpToken } = kept;
    const answer = await this.request('GET', `/api/instances/${instanceId}`);
    if (notFound.safeParse(answer).success) return null;
    return { instance: instanceAnswer.parse(answer), mcpToken };
  }

  private async create() {
    const { mcpToken, ...instance } = createdAnswer.parse(
      await this.request('POST', '/api/instances', { name: 'Demo mailbox', loginHint: 'demo@sandbox.test' }),
    );
    const kept = `${JSON.stringify({ instanceId: instance.id, mcpToken })}\n`;
    // Renamed into place: a kill half-way must not leave a file that no later start can read.
    await writeFile(`${this.file}.new`, kept, { mode: 0o600 });
    await rename(`${this.file}.new`, this.file);
    return { instance, mcpToken };
  }

  private async request(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(this.apiUrl + path, {
      method,
      headers: {
        authorization: `Bearer ${this.adminApiKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    return response.json();
  }
}

/** Null for what is damaged: then a new mailbox is connected. */
function parseDemoFile(text: string): z.output<typeof demoFile> | null {
  try {
    return demoFile.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
