import { McpEndpoint } from '../../src/gmail-mcp/endpoint/mcp-endpoint.fixture.js';
import { gmailPayload } from './gmail-form.js';

/** When Gmail received every mail of these tests. */
const receivedMs = Date.UTC(2025, 9, 9, 8, 53, 20);

/** What `get_message` answers, as far as it is looked at. */
export interface Reading {
  from: string | null;
  to: string | null;
  replyTo: string | null;
  subject: string | null;
  date: string | null;
  warnings?: string[];
  notes?: string[];
  body: { text: string; source: string };
  attachments: { partId: string; filename: string; from: string | null; mimeType: string }[];
}

/** Reads mails by the tool itself: over MCP, from a Gmail that gives them in its own form. */
export class MailReading {
  private constructor(private readonly endpoint: McpEndpoint) {}

  static async start(): Promise<MailReading> {
    return new MailReading(await McpEndpoint.start());
  }

  async stop(): Promise<void> {
    await this.endpoint.stop();
  }

  /** Gmail decodes the encoded words of headers, but for those that it cannot read (`headersAsSent`). */
  async read(mail: Buffer, partId?: string, headersAsSent = false): Promise<Reading> {
    const message = {
      ...{ id: 'm1', threadId: 't1', labelIds: ['INBOX'], snippet: '' },
      internalDate: String(receivedMs),
      payload: gmailPayload(mail, { headersAsSent }),
    };
    this.endpoint.gmail.override = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(message));
    };
    const asked = { messageId: 'm1', ...(partId === undefined ? {} : { partId }) };
    const { structuredContent } = await this.endpoint.callTool('get_message', asked);
    if (structuredContent === undefined) throw new Error('get_message has refused');
    return structuredContent as unknown as Reading;
  }
}
