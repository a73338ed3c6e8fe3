import { fastify } from 'fastify';
import type { FastifyInstance } from 'fastify';
import { openBackend } from './backend.js';
import type { Backend } from './backend.js';
import { controlRoutes } from './control/control-routes.js';
import { gmailEndpoint } from './gmail/gmail-endpoint.js';
import { endpointsAt, type SandboxEndpoints } from './google-variables.js';
import { demoAccount } from './mail/mailboxes.js';
import { authorizationEndpoint } from './oauth/authorization-endpoint.js';
import { revocationEndpoint } from './oauth/revocation-endpoint.js';
import { tokenEndpoint } from './oauth/token-endpoint.js';
import { userinfoEndpoint } from './oauth/userinfo-endpoint.js';
import { riscEndpoint } from './risc/risc-endpoint.js';
import type { Client } from './state/sandbox-state.js';

export interface SandboxOptions {
  /** Address of the data port (127.0.0.1). The control port listens on 127.0.0.1 always. */
  host?: string;
  /** 0 takes any free port. */
  port: number;
  /** 0, the default, takes any free port. */
  controlPort?: number;
  /** Where keys, accounts, clients, grants and settings are kept (0700); null keeps them in memory. */
  stateDir: string | null;
  clients: readonly Client[];
  /** Told of every request that was answered: method, path without query, status. */
  log?: (line: string) => void;
  /** Answered on `/evergrant-sandbox`, so that a start which finds the port taken can say by what. */
  name?: string;
}

export interface Sandbox {
  url: string;
  controlUrl: string;
  endpoints: SandboxEndpoints;
  /** Stops at once: open connections are cut, held and delayed requests do no more work. */
  close(): Promise<void>;
}

const defaultAccounts = {
  [demoAccount]: 'Demo Person',
  'alex@sandbox.test': 'Alex Roe',
  'sam@sandbox.test': 'Sam Doe',
};

/** Gmail's attachment ids are several hundred characters long. */
const routerOptions = { maxParamLength: 1000 };

/**
 * Starts a strict stand-in for Google (OAuth and Gmail), and its control port.
 * Throws when a port is taken or the state file is damaged.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const closing = new AbortController();
  const backend = openBackend(options.stateDir, closing.signal);
  for (const [email, name] of Object.entries(defaultAccounts)) backend.accounts.add(email, name);
  for (const client of options.clients) backend.clients.register(client);

  const google = googleApp(backend, options);
  const control = fastify({ forceCloseConnections: true, routerOptions });
  controlRoutes(control, backend);

  const close = async (): Promise<void> => {
    closing.abort();
    await Promise.all([google.close(), control.close()]);
  };
  try {
    const url = await listen(google, options.host ?? '127.0.0.1', options.port);
    const controlUrl = await listen(control, '127.0.0.1', options.controlPort ?? 0);
    return { url, controlUrl, endpoints: endpointsAt(url), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function googleApp(backend: Backend, { log, name = '' }: SandboxOptions): FastifyInstance {
  const app = fastify({ forceCloseConnections: true, routerOptions });
  // OAuth is spoken in forms; Fastify's own JSON would let a wrong request pass.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (_request: unknown, body: string | Buffer) => new URLSearchParams(body.toString()),
  );
  // Node would tell this machine's time.
  app.addHook('onSend', async (_request, reply) => {
    reply.header('date', new Date(backend.clock.nowMs()).toUTCString());
  });
  authorizationEndpoint(app, backend);
  tokenEndpoint(app, backend);
  revocationEndpoint(app, backend);
  userinfoEndpoint(app, backend);
  riscEndpoint(app);
  gmailEndpoint(app, backend);
  app.get('/evergrant-sandbox', () => `evergrant sandbox ${name}`);
  if (log !== undefined) {
    app.addHook('onResponse', async (request, reply) =>
      log(`${request.method} ${request.url.split('?', 1)[0] ?? ''} ${reply.statusCode}`),
    );
  }
  return app;
}

/** Listens, and says under which URL this machine reaches it. */
async function listen(app: FastifyInstance, host: string, port: number): Promise<string> {
  const { port: bound } = new URL(await app.listen({ host, port }));
  const everywhere = host === '0.0.0.0' || host === '::';
  return `http://${everywhere ? '127.0.0.1' : host}:${bound}`;
}
