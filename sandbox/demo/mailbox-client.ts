import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { connectMailbox } from '../connect-mailbox.js';

export interface Instance {
  id: string;
  mcpUrl: string;
  mcpToken: string;
}

export interface TokenAnswer {
  status: number;
  accessToken?: string;
  source?: string;
  stale?: boolean;
  errorCode?: string | null;
  requiresReauth?: boolean;
}

/** What a frontend, a program and an agent do with one mailbox, over REST and MCP. */
export class MailboxClient {
  private constructor(
    private readonly apiUrl: string,
    private readonly adminApiKey: string,
    private readonly instance: Instance,
  ) {}

  static async create(apiUrl: string, adminApiKey: string): Promise<MailboxClient> {
    const response = await fetch(`${apiUrl}/api/instances`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminApiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Demo mailbox', loginHint: 'demo@sandbox.test' }),
    });
    return new MailboxClient(apiUrl, adminApiKey, (await response.json()) as Instance);
  }

  /** Passes the consent page and returns what the last redirect says: the instance's id, or an error code. */
  async connect(connectUrl?: string): Promise<string> {
    const url =
      connectUrl ??
      (await this.request<{ authorizationUrl: string }>('POST', 'start-oauth')).authorizationUrl;
    const { searchParams } = new URL(await connectMailbox(url));
    return searchParams.get('connected') === this.instance.id
      ? 'connected'
      : (searchParams.get('error') ?? 'no answer');
  }

  accessToken(minTtlSeconds: number): Promise<TokenAnswer> {
    return this.request('GET', `access-token?minTtlSeconds=${minTtlSeconds}`);
  }

  forceRefresh(): Promise<TokenAnswer> {
    return this.request('POST', 'refresh');
  }

  /** Calls `search_messages` as an agent would; the last text block of a refusal holds the error's fields. */
  async search(): Promise<{ isError: boolean; fields: Record<string, unknown> }> {
    const client = new Client({ name: 'evergrant-demo', version: '1.0.0' });
    await client.connect(
      new StreamableHTTPClientTransport(new URL(this.instance.mcpUrl), {
        requestInit: { headers: { authorization: `Bearer ${this.instance.mcpToken}` } },
      }),
    );
    try {
      const result = await client.callTool({ name: 'search_messages', arguments: { maxResults: 3 } });
      const last = result.content.at(-1);
      if (result.isError !== true || last?.type !== 'text') return { isError: false, fields: {} };
      return { isError: true, fields: JSON.parse(last.text) as Record<string, unknown> };
    } finally {
      await client.close();
    }
  }

  private async request<Body>(method: string, path: string): Promise<Body & { status: number }> {
    const response = await fetch(`${this.apiUrl}/api/instances/${this.instance.id}/${path}`, {
      method,
      headers: { authorization: `Bearer ${this.adminApiKey}` },
    });
    return { ...((await response.json()) as Body), status: response.status };
  }
}
