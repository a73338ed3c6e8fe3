import { join } from 'node:path';
import { freePort } from '../../sandbox/index.js';
import { NodeProcess, repository } from '../harness/node-process.js';

export interface SeedMessage {
  id: string;
  thread_id: string;
  label_ids: readonly string[];
  /** A whole mail (RFC 5322), base64url. */
  raw: string;
}

/** What emulate begins with. It takes any bearer token that it does not know for the first user's. */
interface Seed {
  users: readonly { email: string; name: string }[];
  labels: readonly { id: string; user_email: string; name: string }[];
  messages: readonly (SeedMessage & { user_email: string })[];
}

/** A Google that is none of ours, in a process of its own: Vercel's emulate. */
export class EmulatedGoogle {
  private constructor(
    private readonly process: NodeProcess,
    private readonly url: string,
  ) {}

  static async start(seed: Seed): Promise<EmulatedGoogle> {
    const port = await freePort();
    const script = join(repository, 'test/emulated-google/emulate.mjs');
    const process = NodeProcess.start([script, JSON.stringify({ port, seed })]);
    await process.says(/READY/);
    return new EmulatedGoogle(process, `http://localhost:${port}`);
  }

  /** Variables that put it in Google's place. */
  get variables(): Record<string, string> {
    return {
      GOOGLE_ISSUER: this.url,
      GOOGLE_AUTH_URL: `${this.url}/o/oauth2/v2/auth`,
      GOOGLE_TOKEN_URL: `${this.url}/oauth2/token`,
      GOOGLE_REVOKE_URL: `${this.url}/oauth2/revoke`,
      GOOGLE_USERINFO_URL: `${this.url}/oauth2/v2/userinfo`,
      GMAIL_API_URL: this.url,
    };
  }

  /** Calls its Gmail as another program of the first user would. */
  async gmail<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${this.url}/gmail/v1/users/me/${path}`, {
      method,
      headers: { authorization: 'Bearer of-another-program', 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: HTTP ${response.status} ${await response.text()}`);
    const text = await response.text();
    return (text === '' ? {} : JSON.parse(text)) as Answer;
  }

  async stop(): Promise<void> {
    await this.process.stop('SIGKILL');
  }
}
