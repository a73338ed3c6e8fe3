import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FactoryProvider, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import {
  connectMailbox,
  freePort,
  googleVariables,
  pressConnectButton,
  SandboxControl,
  startSandbox,
  type ConsentChoice,
  type Sandbox,
} from '../../sandbox/index.js';
import { AppModule } from '../../src/app.module.js';
import { loadEnvironment, type Environment } from '../../src/config/index.js';
import { TenantDatabase } from '../../src/database/index.js';
import { McpServers } from '../../src/gmail-mcp/endpoint/mcp-servers.js';
import { ProviderRegistry } from '../../src/oauth/index.js';
import { Clock } from '../../src/resilience/index.js';
import { ClientDocumentsOptions } from '../../src/sign-in/index.js';
import { WebhooksOptions } from '../../src/webhooks/index.js';
import { httpAdapter } from '../../src/startup/http-adapter.js';
import { configureHttp } from '../../src/startup/http-application.js';
import { createTestDatabase, type TestDatabase } from '../setup/index.js';
import { oauthServiceToken } from './oauth/oauth-service.js';
import { captureLog } from './captured-log.js';
import { apiClient, type ApiClient } from './api-client.js';
import { MovableClock } from './movable-clock.js';
import { RestContract } from './rest-contract.js';

export const adminApiKey = 'canary-operator-key-0123456789abcdef';
const clientSecret = 'canary-client-secret-0123456789abcdef';
export const sandboxClientId = '200000000002-tests.apps.sandbox.test';

export interface Answer<Body> {
  status: number;
  headers: Headers;
  body: Body;
}

export interface CreatedInstance {
  id: string;
  name: string;
  mcpUrl: string;
  mcpToken: string;
}

interface TestAppOptions {
  /** Starts another replica on the database and the Google of an app that runs already. */
  beside?: TestApp;
  /** Stands in for the product's, to take one of the walls between tenants away. */
  tenantDatabase?: Type<TenantDatabase>;
  /** Stands in for the product's, to have more providers than it brings. */
  providerRegistry?: FactoryProvider<ProviderRegistry>;
  /** Stands in for the product's, to reach documents of clients on this machine. */
  clientDocuments?: ClientDocumentsOptions;
  /** Stands in for the product's, to have names of hosts resolve to what the test likes. */
  webhooks?: WebhooksOptions;
  /** Stands in for the product's, to offer more than it does. */
  mcpServers?: Type<McpServers>;
}

/** The whole application, on a database of its own and a sandbox Google of its own. */
export class TestApp {
  readonly google: SandboxControl;
  /** The REST API with the operator's key, typed by the OpenAPI document; answers are held to it. */
  readonly client: ApiClient;
  private readonly contract = new RestContract();
  private offsetSeconds = 0;

  private constructor(
    readonly environment: Environment,
    private readonly app: NestFastifyApplication,
    private readonly surroundings: {
      database: TestDatabase;
      sandbox: Sandbox;
      clock: MovableClock;
      borrowed: boolean;
    },
    /** Every line that was logged. */
    readonly log: string[],
    /** Every route that Fastify answers, as `GET /api/instances/:id`. */
    readonly routes: readonly string[],
  ) {
    this.client = apiClient(this.url, adminApiKey, (request) => this.fetch(request));
    this.google = new SandboxControl(surroundings.sandbox.controlUrl);
  }

  /** The environment may be overridden. */
  static async start(variables: Record<string, string> = {}, options: TestAppOptions = {}): Promise<TestApp> {
    const { beside } = options;
    const port = await freePort();
    const publicUrl = `http://localhost:${port}`;
    const database = beside?.surroundings.database ?? (await createTestDatabase());
    const sandbox =
      beside?.surroundings.sandbox ??
      (await startSandbox({
        port: 0,
        stateDir: null,
        clients: [{ clientId: sandboxClientId, clientSecret, redirectUris: [`${publicUrl}/oauth/callback`] }],
      }));
    const environment = loadEnvironment({
      PORT: String(port),
      PUBLIC_URL: publicUrl,
      ROLES: 'api',
      // Nothing of a developer's own is read or written; few tests ever make it.
      DATA_DIR: join(tmpdir(), `evergrant-test-${randomUUID()}`),
      DATABASE_URL: database.url,
      ADMIN_API_KEY: adminApiKey,
      ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
      OAUTH_SERVICE_TOKEN: oauthServiceToken,
      // No service is there, unlike at the default's port on a machine where Evergrant runs.
      OAUTH_SERVICE_URL: 'http://127.0.0.1:9',
      GOOGLE_CLIENT_ID: sandboxClientId,
      GOOGLE_CLIENT_SECRET: clientSecret,
      ...googleVariables(sandbox.endpoints),
      FRONTEND_ORIGINS: 'https://app.example.com',
      LOG_LEVEL: 'trace',
      ...variables,
    });
    const { logger, lines: log } = captureLog(environment.LOG_LEVEL);
    const clock = beside?.surroundings.clock ?? new MovableClock();
    const module = await replaced(
      Test.createTestingModule({ imports: [AppModule.forDatabaseRoles(environment, database.url)] })
        .overrideProvider(Clock)
        .useValue(clock)
        .setLogger(logger),
      options,
    ).compile();
    const adapter = httpAdapter(environment);
    const routes: string[] = [];
    adapter.getInstance().addHook('onRoute', ({ method, url }) => {
      for (const each of [method].flat()) routes.push(`${each} ${url}`);
    });
    const app = module.createNestApplication<NestFastifyApplication>(adapter);
    await configureHttp(app, environment);
    await app.listen(port, 'localhost');
    const surroundings = { database, sandbox, clock, borrowed: beside !== undefined };
    return new TestApp(environment, app, surroundings, log, routes);
  }

  async stop(): Promise<void> {
    await this.app.close();
    if (this.surroundings.borrowed) return;
    await this.surroundings.sandbox.close();
    await this.surroundings.database.drop();
  }

  /** Where it listens, whatever `PUBLIC_URL` says. */
  get url(): string {
    return `http://localhost:${this.environment.PORT}`;
  }

  get dataSource(): DataSource {
    return this.app.get(DataSource);
  }

  /** A part of the product that runs. */
  part<Part>(type: Type<Part>): Part {
    return this.app.get(type, { strict: false });
  }

  /** A REST call with the operator's key, for input that {@link client} would not let pass. */
  async api<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    const request = new Request(this.url + path, {
      method,
      headers: {
        authorization: `Bearer ${adminApiKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
      redirect: 'manual',
    });
    const response = await this.fetch(request);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? null : JSON.parse(text)) as Body,
    };
  }

  private async fetch(request: Request): Promise<Response> {
    const response = await fetch(request);
    this.contract.check({
      method: request.method,
      path: new URL(request.url).pathname,
      status: response.status,
      contentType: response.headers.get('content-type'),
      text: await response.clone().text(),
    });
    return response;
  }

  async createInstance(input: Record<string, unknown> = {}): Promise<CreatedInstance> {
    const { body } = await this.api<CreatedInstance>('POST', '/api/instances', {
      name: 'Mailbox',
      // By default a person is asked about strangers, which is for the tests of that.
      policy: { newRecipients: 'allow' },
      ...input,
    });
    return body;
  }

  /** Where a person's browser ends after passing the consent page. */
  async connect(instanceId: string, choice: ConsentChoice = {}, returnTo?: string): Promise<URL> {
    return new URL(await connectMailbox(await this.connectUrl(instanceId, returnTo), choice));
  }

  /** A browser that opened a connect link and pressed its button: where that leads, and its flow cookie. */
  async begin(instanceId: string, returnTo?: string): Promise<{ location: string; cookie: string }> {
    const { location, cookie } = await pressConnectButton(await this.connectUrl(instanceId, returnTo));
    if (cookie === null) throw new Error(`The link began nothing: ${location}`);
    return { location, cookie };
  }

  async connectUrl(instanceId: string, returnTo?: string): Promise<string> {
    const input = returnTo === undefined ? {} : { returnTo };
    const { body } = await this.api<{ authorizationUrl: string }>(
      'POST',
      `/api/instances/${instanceId}/start-oauth`,
      input,
    );
    return body.authorizationUrl;
  }

  async connectedInstance(
    choice: ConsentChoice = {},
    input: Record<string, unknown> = {},
  ): Promise<CreatedInstance> {
    const instance = await this.createInstance(input);
    const end = await this.connect(instance.id, choice);
    if (end.searchParams.get('connected') !== instance.id) throw new Error(`Not connected: ${end.search}`);
    return instance;
  }

  /** Moves all clocks: the database's, this process's and Google's. */
  async advance(seconds: number): Promise<void> {
    this.offsetSeconds += seconds;
    this.surroundings.clock.advance(seconds);
    await this.dataSource.query(
      `CREATE OR REPLACE FUNCTION evergrant_now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
       AS 'SELECT now() + make_interval(secs => ${this.offsetSeconds})'`,
    );
    await this.google.advanceClock(seconds);
  }
}

/** With what stands in for parts of the product. */
function replaced(
  builder: TestingModuleBuilder,
  { tenantDatabase, providerRegistry, mcpServers, clientDocuments, webhooks }: TestAppOptions,
): TestingModuleBuilder {
  if (tenantDatabase) builder.overrideProvider(TenantDatabase).useClass(tenantDatabase);
  if (clientDocuments) builder.overrideProvider(ClientDocumentsOptions).useValue(clientDocuments);
  if (webhooks) builder.overrideProvider(WebhooksOptions).useValue(webhooks);
  if (mcpServers) builder.overrideProvider(McpServers).useClass(mcpServers);
  if (providerRegistry)
    builder
      .overrideProvider(ProviderRegistry)
      .useFactory({ factory: providerRegistry.useFactory, inject: providerRegistry.inject ?? [] });
  return builder;
}
