import { randomBytes } from 'node:crypto';
import { Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AuditModule } from '../../audit/index.js';
import { TokenBroker, type AccessTokenGrant } from '../../credentials/index.js';
import { NEVER } from 'rxjs';
import { ChangeFeed, DatabaseClock } from '../../database/index.js';
import { ErrorFilter, restRendering } from '../../errors/index.js';
import { GmailModule, gmailScopes } from '../../gmail/index.js';
import {
  CallerRateLimit,
  McpTokens,
  People,
  PersonAuthorizations,
  PersonMailboxes,
  type PersonPrincipal,
  PersonTokens,
  PersonWidenings,
  RefusalPace,
} from '../../identity/index.js';
import {
  KnownInstances,
  MailboxChanges,
  OAuthFlows,
  ScopeRefusals,
  toolsets,
  type Instance,
} from '../../instances/index.js';
import { MetricsModule, MetricsRegistry } from '../../metrics/index.js';
import { ResilienceModule } from '../../resilience/index.js';
import { GmailMcpModule } from '../gmail-mcp.module.js';
import { structureUrl, unfenced } from './structured-answers.fixture.js';
import { LoopbackGmail } from './loopback-gmail.fixture.js';
import { ScriptedActs } from './outbound-acts.fixture.js';
import { uploadNeighbours } from './stored-uploads.fixture.js';

export const mcpToken = 'egmcp_token';
export const instanceId = '4b6ac5b4-7f53-4f6a-9c0c-64a6a3a1f001';
export const foreignInstanceId = '4b6ac5b4-7f53-4f6a-9c0c-64a6a3a1f002';
const publicName = 'mcp.example';
export const frontendOrigin = 'https://app.example';

const connectedInstance: Instance = {
  id: instanceId,
  tenantId: 'tenant',
  name: "Ada's mailbox",
  externalId: null,
  loginHint: null,
  toolPrefix: null,
  toolsets: [...toolsets],
  readOnly: false,
  policy: null,
  provider: 'google',
  oauthClientId: 'oauth-client',
  credentialId: 'credential',
  subject: 'google-subject',
  email: 'ada@example.com',
  oauthStatus: 'completed',
  reauthReason: null,
  // For everything, so that what the broker grants decides.
  scopes: ['openid', 'email', gmailScopes.full],
  grantedScopes: ['openid', 'https://www.googleapis.com/auth/userinfo.email', gmailScopes.full],
  tokenExpiresAt: new Date('2026-08-01T12:00:00Z'),
  grantExpiresAt: null,
  oauthCompletedAt: new Date('2026-07-01T12:00:00Z'),
  lastRefreshedAt: null,
  requiresReauth: false,
  errorCode: null,
  errorMessage: null,
  verdict: 'active',
  held: false,
  state: 'connected',
  stateReason: null,
  servesUntil: null,
  sharedBy: 1,
  createdAt: new Date('2026-07-01T11:00:00Z'),
  updatedAt: new Date('2026-07-01T12:00:00Z'),
};

/** A broker that grants `grant`, or throws `failure`, and remembers what it was asked. */
class ScriptedBroker {
  readonly asked: unknown[] = [];
  failure: Error | null = null;
  grant: AccessTokenGrant = {
    accessToken: 'first-token',
    tokenType: 'Bearer',
    expiresAt: new Date('2026-08-01T12:00:00Z'),
    scopes: [gmailScopes.readonly],
    source: 'cache',
    stale: false,
    errorCode: null,
  };

  async accessToken(
    credentialId: string,
    options: { rejectedToken?: string } = {},
  ): Promise<AccessTokenGrant> {
    this.asked.push({ credentialId, ...options });
    if (this.failure !== null) throw this.failure;
    if (options.rejectedToken === this.grant.accessToken) {
      this.grant = { ...this.grant, accessToken: 'second-token' };
    }
    return this.grant;
  }
}

/** What a program sends that speaks Streamable HTTP without an SDK. */
export const programHeaders = {
  authorization: `Bearer ${mcpToken}`,
  accept: 'application/json, text/event-stream',
  'content-type': 'application/json',
};

interface PostOptions {
  headers?: Record<string, string>;
  url?: URL;
  /** Hangs up. */
  signal?: AbortSignal;
}

interface RawAnswer {
  status: number;
  headers: Headers;
  answers: Record<string, unknown>[];
}

export interface ToolResult {
  isError?: boolean;
  content: { type: string; text: string }[];
  structuredContent?: Record<string, unknown>;
}

export function toolCall(id: number, name: string, input: object = {}): object {
  return { jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: input } };
}

/** The MCP endpoint over real HTTP; the modules it leans on are played by plain classes. */
export class McpEndpoint {
  readonly broker = new ScriptedBroker();
  readonly gmail = new LoopbackGmail();
  readonly acts = new ScriptedActs();
  readonly issuedLinks: string[] = [];
  linkFailure: Error | null = null;
  instance: Instance = { ...connectedInstance };
  /** Beside {@link instance}. */
  others: Instance[] = [];
  /** Whose tokens are good. */
  readonly people = new Map<string, PersonPrincipal>();
  private app!: NestFastifyApplication;
  private baseUrl!: string;

  /** @param unitsPerMinute the quota of a mailbox; none if 0 */
  static async start({ unitsPerMinute = 0, publicUrl = `https://${publicName}` } = {}): Promise<McpEndpoint> {
    const endpoint = new McpEndpoint();
    await endpoint.listen(await endpoint.gmail.start(), { unitsPerMinute, publicUrl });
    return endpoint;
  }

  get url(): URL {
    return this.urlOf(instanceId);
  }

  urlOf(id: string): URL {
    return new URL(`/mcp/${id}`, this.baseUrl);
  }

  /** POSTs JSON-RPC as a program would that knows no SDK; revision 2025-11-25 unless the headers say else. */
  async post(body: unknown, { headers = {}, url = this.url, signal }: PostOptions = {}): Promise<RawAnswer> {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...programHeaders, ...headers },
      body: JSON.stringify(body),
      ...(signal !== undefined && { signal }),
    });
    const text = await response.text();
    const events = [...text.matchAll(/^data: (.+)$/gm)].flatMap(([, data]) =>
      data === undefined ? [] : [data],
    );
    const isStream = response.headers.get('content-type')?.includes('event-stream') === true;
    const answers = (isStream ? events : [text]).map((each) => JSON.parse(each) as Record<string, unknown>);
    return { status: response.status, headers: response.headers, answers };
  }

  /** Calls one tool as a program does, and returns its result with the whole structure; fails unless HTTP says 200. */
  async callTool(name: string, input: object = {}): Promise<ToolResult> {
    return unfenced(await this.resultOf(name, input, structureUrl(this.url)));
  }

  /** Calls one tool as a model does, and returns its result as it came; fails unless HTTP says 200. */
  async askTool(name: string, input: object = {}): Promise<ToolResult> {
    return this.resultOf(name, input, this.url);
  }

  private async resultOf(name: string, input: object, url: URL): Promise<ToolResult> {
    const { status, answers } = await this.post(toolCall(1, name, input), { url });
    if (status !== 200) throw new Error(`HTTP ${status}`);
    return answers[0]?.result as ToolResult;
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.gmail.stop();
  }

  private async listen(
    gmailUrl: string,
    { unitsPerMinute, publicUrl }: { unitsPerMinute: number; publicUrl: string },
  ): Promise<void> {
    const tokens = {
      verify: async (token: string) =>
        token === mcpToken
          ? { tokenId: 'token', tenantId: 'tenant', instanceId, scopes: null, expiresAt: null }
          : null,
      findLive: async (tenantId: string, tokenId: string) => ({
        ...{ tokenId, tenantId, instanceId, scopes: null, expiresAt: null },
      }),
    };
    const instances = {
      get: async () => this.instance,
      findById: async (_tenantId: string, id: string) =>
        [this.instance, ...this.others].find((each) => each.id === id) ?? null,
    };
    const flows = {
      issue: async () => {
        if (this.linkFailure !== null) throw this.linkFailure;
        const authorizationUrl = `https://evergrant.example/connect/ticket-${this.issuedLinks.length + 1}`;
        this.issuedLinks.push(authorizationUrl);
        return { authorizationUrl, expiresAt: new Date() };
      },
    };
    const neighbours = [
      { provide: McpTokens, useValue: tokens },
      {
        provide: PersonTokens,
        useValue: { verify: async (token: string) => this.people.get(token) ?? null },
      },
      { provide: People, useValue: { findActive: async () => null } },
      { provide: PersonAuthorizations, useValue: { find: async () => null } },
      { provide: PersonMailboxes, useValue: { list: async () => [] } },
      { provide: PersonWidenings, useValue: { issue: async () => null } },
      {
        provide: CallerRateLimit,
        useValue: { admitMcpToken: async () => undefined, admitAuthorization: async () => undefined },
      },
      RefusalPace,
      { provide: KnownInstances, useValue: instances },
      { provide: OAuthFlows, useValue: flows },
      { provide: TokenBroker, useValue: this.broker },
      { provide: DatabaseClock, useValue: { nowMs: async () => Date.now() } },
      ...this.acts.providers(),
      ...uploadNeighbours(),
      { provide: ChangeFeed, useValue: { committed: NEVER } },
      { provide: MailboxChanges, useValue: { of: async () => NEVER } },
      {
        provide: ScopeRefusals,
        inject: [MetricsRegistry],
        useFactory: (registry: MetricsRegistry) => new ScopeRefusals(registry),
      },
    ];
    @Module({ imports: [ResilienceModule], providers: neighbours, exports: neighbours })
    class NeighboursModule {}

    const mcp = GmailMcpModule.forRoot({
      publicUrl,
      allowedOrigins: [frontendOrigin],
      allowedHosts: [publicName],
      serverVersion: '1.2.3',
      masterKeys: [{ id: 'k1', key: randomBytes(32) }],
      imports: [
        AuditModule.forLog(),
        ResilienceModule,
        MetricsModule,
        NeighboursModule,
        GmailModule.forRoot({ apiUrl: gmailUrl, quota: { unitsPerMinute } }),
      ],
    });
    Logger.overrideLogger(false);
    this.app = await NestFactory.create<NestFastifyApplication>(
      mcp,
      new FastifyAdapter({ routerOptions: { maxParamLength: 1_000 } }),
    );
    this.app.enableCors({ origin: [frontendOrigin] });
    this.app.useGlobalFilters(new ErrorFilter(restRendering));
    await this.app.listen(0, '127.0.0.1');
    this.baseUrl = await this.app.getUrl();
  }
}
