import { Client, StreamableHTTPClientTransport, type ContentBlock } from '@modelcontextprotocol/client';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import type { CreatedInstance } from '../harness/test-app.js';

export interface Cost {
  calls: number;
  /** What a model writes and reads: arguments and texts, o200k. */
  tokens: number;
  /** The same in a client that shows it the structured content too. */
  tokensOfBoth: number;
}

/** An agent that follows a script and knows of the mailbox only what the answers of tools tell it, as text. */
export class ScriptedAgent {
  readonly cost: Cost = { calls: 0, tokens: 0, tokensOfBoth: 0 };

  private constructor(private readonly client: Client) {}

  static async connect({ mcpUrl, mcpToken }: CreatedInstance): Promise<ScriptedAgent> {
    const client = new Client(
      { name: 'scripted-agent', version: '1.0.0' },
      { versionNegotiation: { mode: 'auto' } },
    );
    const requestInit = { headers: { authorization: `Bearer ${mcpToken}` } };
    await client.connect(new StreamableHTTPClientTransport(new URL(mcpUrl), { requestInit }));
    return new ScriptedAgent(client);
  }

  /** @returns what a model is shown of the answer */
  async call(name: string, input: Record<string, unknown> = {}): Promise<string> {
    const { content, structuredContent, isError } = await this.client.callTool({ name, arguments: input });
    const text = content.map(shown).join('\n');
    if (isError === true) throw new Error(`${name}: ${text}`);
    const tokens = countTokens(JSON.stringify({ name, arguments: input })) + countTokens(text);
    this.cost.calls += 1;
    this.cost.tokens += tokens;
    this.cost.tokensOfBoth += tokens + countTokens(JSON.stringify(structuredContent ?? ''));
    return text;
  }

  /** What a session costs before its first call. */
  async tokensOfListing(): Promise<number> {
    const { tools } = await this.client.listTools();
    return countTokens(JSON.stringify(tools)) + countTokens(this.client.getInstructions() ?? '');
  }

  close(): Promise<void> {
    return this.client.close();
  }
}

function shown(block: ContentBlock): string {
  if (block.type === 'text') return block.text;
  return block.type === 'resource_link' ? `${block.name}: ${block.uri}` : `(${block.type})`;
}
