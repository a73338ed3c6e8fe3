import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

interface Message {
  subject: string;
  text: string;
  /** Of the text; plain when absent. */
  mimeType?: string;
  /** A thread of its own when absent. */
  threadId?: string;
  labelIds?: string[];
  headers?: Record<string, string>;
  /** Behind the text, as Gmail gives them. */
  files?: {
    filename: string;
    mimeType: string;
    headers?: { name: string; value: string }[];
    body: { size: number; attachmentId?: string; data?: string };
  }[];
}

interface Write {
  addLabelIds?: string[];
  removeLabelIds?: string[];
  raw?: string;
  threadId?: string;
  message?: { raw: string; threadId?: string };
}

type Reply = [status: number, body: unknown];

const notFound: Reply = [404, { error: { code: 404, status: 'NOT_FOUND' } }];
const badRequest: Reply = [400, { error: { code: 400, status: 'INVALID_ARGUMENT' } }];

/** A Gmail that holds a few messages on loopback. */
export class LoopbackGmail {
  readonly requests: { url: URL; authorization: string | undefined }[] = [];
  readonly messages = new Map<string, Message>();
  readonly labels = [
    { id: 'INBOX', name: 'INBOX', type: 'system' },
    { id: 'Label_1', name: 'Travel plans', type: 'user' },
  ];
  /** Mail that was sent, or put among the drafts. */
  readonly written: { kind: 'draft' | 'sent'; mime: string; threadId: string | undefined }[] = [];
  /** What `users.settings.sendAs.list` answers. */
  sendAs: object[] = [{ sendAsEmail: 'ada@example.com', isPrimary: true }];
  /** By their attachment ids. */
  readonly attachments = new Map<string, Buffer>();
  /** Listed, but gone when they are read. */
  readonly deletedIds: string[] = [];
  readonly deletedThreads: string[] = [];
  acceptedToken = 'first-token';
  readonly profile = {
    emailAddress: 'ada@example.com',
    messagesTotal: 3_000_000_000,
    threadsTotal: 12,
    historyId: '5000',
  };
  /** Answers instead of the mailbox, when set. */
  override: ((request: IncomingMessage, response: ServerResponse) => void) | null = null;
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this.url;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://gmail');
    this.requests.push({ url, authorization: request.headers.authorization });
    if (this.override === null) await this.answerAsUsual(request, response);
    else this.override(request, response);
  }

  /** For an `override` that is about some requests only. */
  async answerAsUsual(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://gmail');
    const [status, body] =
      request.headers.authorization !== `Bearer ${this.acceptedToken}`
        ? [401, { error: { code: 401, status: 'UNAUTHENTICATED' } }]
        : request.method === 'POST'
          ? this.write(url.pathname, (await json(request)) as Write)
          : this.read(url);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  private read({ pathname, searchParams }: URL): Reply {
    if (pathname.endsWith('/profile')) return [200, this.profile];
    if (pathname.endsWith('/threads')) return this.listThreads(searchParams);
    if (pathname.endsWith('/settings/sendAs')) return [200, { sendAs: this.sendAs }];
    const file = this.attachments.get(/\/attachments\/([^/]+)$/.exec(pathname)?.[1] ?? '');
    if (file !== undefined) return [200, { size: file.length, data: file.toString('base64url') }];
    if (pathname.endsWith('/labels')) return [200, { labels: this.labels }];
    const [, collection, id] = /\/(messages|threads)\/([^/]+)$/.exec(pathname) ?? [];
    if (id === undefined) return this.list(searchParams);
    return collection === 'messages' ? this.readMessage(id) : this.readThread(id);
  }

  private readMessage(id: string): Reply {
    const message = this.messages.get(id);
    return message === undefined ? notFound : [200, gmailMessage(id, message)];
  }

  private readThread(id: string): Reply {
    const messages = [...this.messages].filter(([each, { threadId }]) => (threadId ?? `t-${each}`) === id);
    return messages.length === 0
      ? notFound
      : [200, { id, messages: messages.map(([each, message]) => gmailMessage(each, message)) }];
  }

  /** By the order of their last messages, as if those were the newest. */
  private listThreads(parameters: URLSearchParams): Reply {
    if (parameters.get('pageToken') === 'bad') return badRequest;
    const all = [...this.messages].map(([id, { threadId }]) => threadId ?? `t-${id}`).toReversed();
    const ids = [...new Set([...all, ...this.deletedThreads])].slice(0, Number(parameters.get('maxResults')));
    return [200, { threads: ids.map((id) => ({ id })), resultSizeEstimate: ids.length }];
  }

  private list(parameters: URLSearchParams): Reply {
    if (parameters.get('pageToken') === 'bad') return badRequest;
    const ids = [...this.messages.keys(), ...this.deletedIds];
    const first = Number(parameters.get('pageToken') ?? '0');
    const end = first + Number(parameters.get('maxResults'));
    return [
      200,
      {
        messages: ids.slice(first, end).map((each) => ({ id: each, threadId: `t-${each}` })),
        ...(end < ids.length ? { nextPageToken: String(end) } : {}),
        resultSizeEstimate: ids.length,
      },
    ];
  }

  private write(pathname: string, body: Write): Reply {
    const modified = /\/messages\/([^/]+)\/modify$/.exec(pathname)?.[1];
    if (modified !== undefined) return this.modify(modified, body);
    const { raw = '', threadId } = body.message ?? body;
    const kind = pathname.endsWith('/drafts') ? 'draft' : 'sent';
    this.written.push({ kind, mime: Buffer.from(raw, 'base64url').toString(), threadId });
    const message = {
      id: 'new',
      threadId: threadId ?? 'new',
      labelIds: [kind === 'sent' ? 'SENT' : 'DRAFT'],
    };
    return [200, kind === 'sent' ? message : { id: 'r1', message }];
  }

  private modify(id: string, { addLabelIds = [], removeLabelIds = [] }: Write): Reply {
    const message = this.messages.get(id);
    if (message === undefined) return notFound;
    const known = this.labels.map((label) => label.id);
    if ([...addLabelIds, ...removeLabelIds].some((label) => !known.includes(label))) return badRequest;
    const labelIds = [...(message.labelIds ?? ['INBOX']), ...addLabelIds].filter(
      (label) => !removeLabelIds.includes(label),
    );
    message.labelIds = labelIds;
    return [200, { id, threadId: `t-${id}`, ...(labelIds.length > 0 ? { labelIds } : {}) }];
  }
}

function gmailMessage(id: string, message: Message): unknown {
  const { subject, text, mimeType = 'text/plain', threadId, labelIds, headers = {}, files = [] } = message;
  const data = Buffer.from(text);
  const body = { size: data.length, data: data.toString('base64url') };
  const all = {
    From: 'Bea <bea@example.com>',
    To: 'ada@example.com',
    Subject: subject,
    Date: 'Sat, 1 Aug 2026 12:00:00 +0000',
    'Content-Type': `${mimeType}; charset=utf-8`,
    ...headers,
  };
  const textPart = {
    partId: '',
    mimeType,
    filename: '',
    headers: Object.entries(all).map(([name, value]) => ({ name, value })),
    body,
  };
  const parts = [{ ...textPart, headers: [] }, ...files].map((part, index) => ({
    headers: [],
    ...part,
    partId: String(index),
  }));
  return {
    id,
    threadId: threadId ?? `t-${id}`,
    labelIds: labelIds ?? ['INBOX'],
    snippet: text.slice(0, 40),
    internalDate: '1785585600000',
    payload:
      files.length === 0 ? textPart : { ...textPart, mimeType: 'multipart/mixed', body: { size: 0 }, parts },
  };
}
