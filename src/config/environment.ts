import { z } from 'zod';
import { ConfigurationError } from './configuration-error.js';
import { refuseUnsafe } from './production-refusals.js';
import { secretFileVariables, withSecretFiles } from './secret-files.js';
import { signInDomains, signInEmails } from './sign-in.js';
import {
  bodyBytes,
  flag,
  formerClients,
  hostNames,
  httpsOrLoopbackUrl,
  httpUrl,
  issuer,
  isLoopback,
  masterKeys,
  numbersByName,
  origins,
  port,
  pollSeconds,
  postgresUrl,
  pubsubTopic,
  roles,
  requestTimeoutMs,
  seconds,
  secret,
  serviceAccount,
  trustProxy,
  wholeNumber,
} from './variables.js';

/** What one call of the OAuth service may take; `src/oauth/time-budget.ts` says what it is a part of. */
export const defaultOAuthServiceTimeoutMs = 10_000;

const defaultOAuthServicePort = 3001;
/** Load balancers and Kubernetes take some seconds to hear that a process is leaving. */
const drainSecondsInProduction = 5;

export const defaultDataDir = './.evergrant';

/** The path of a file. */
const path = z.string().min(1);

/** Every variable that Evergrant reads, with its default; `docs/configuration.md` is checked against it. */
export const environmentSchema = z.object({
  NODE_ENV: z.string().default('development'),
  PORT: port(3000),
  LISTEN_HOST: z.string().min(1).optional(),
  ROLES: roles,
  SHUTDOWN_DRAIN_SECONDS: seconds.optional(),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_DIRECT_URL: postgresUrl.optional(),
  DATABASE_ALLOW_PLAINTEXT: flag,
  DATA_DIR: path.default(defaultDataDir),
  OAUTH_SERVICE_URL: httpUrl.optional(),
  OAUTH_SERVICE_PORT: port(defaultOAuthServicePort),
  OAUTH_SERVICE_TOKEN: secret.optional(),
  OAUTH_SERVICE_TIMEOUT_MS: wholeNumber(defaultOAuthServiceTimeoutMs, 1),
  OAUTH_SERVICE_ALLOW_HTTP: flag,
  PUBLIC_URL: httpUrl.optional(),
  FRONTEND_ORIGINS: origins,
  MCP_ALLOWED_HOSTS: hostNames,
  TRUST_PROXY: trustProxy,
  GOOGLE_CLIENT_ID: z.string().min(1).optional(),
  GOOGLE_CLIENT_SECRET: z.string().min(1).optional(),
  GOOGLE_FORMER_CLIENTS: formerClients,
  GOOGLE_ISSUER: issuer.default('https://accounts.google.com'),
  GOOGLE_AUTH_URL: httpsOrLoopbackUrl.default('https://accounts.google.com/o/oauth2/v2/auth'),
  GOOGLE_TOKEN_URL: httpsOrLoopbackUrl.default('https://oauth2.googleapis.com/token'),
  GOOGLE_REVOKE_URL: httpsOrLoopbackUrl.default('https://oauth2.googleapis.com/revoke'),
  GOOGLE_USERINFO_URL: httpsOrLoopbackUrl.default('https://openidconnect.googleapis.com/v1/userinfo'),
  GOOGLE_CERTS_URL: httpsOrLoopbackUrl.default('https://www.googleapis.com/oauth2/v3/certs'),
  GOOGLE_RISC_CONFIGURATION_URL: httpsOrLoopbackUrl.default(
    'https://accounts.google.com/.well-known/risc-configuration',
  ),
  GMAIL_API_URL: httpsOrLoopbackUrl.default('https://gmail.googleapis.com'),
  GMAIL_PUBSUB_TOPIC: pubsubTopic.optional(),
  GMAIL_PUBSUB_SERVICE_ACCOUNT: serviceAccount.optional(),
  HTTPS_PROXY: httpUrl.optional(),
  NO_PROXY: z.string().default(''),
  NODE_EXTRA_CA_CERTS: path.optional(),
  SANDBOX_PORT: port(3002),
  AUTH_ISSUER: issuer.optional(),
  AUTH_AUDIENCE: z.string().min(1).optional(),
  SIGN_IN_DOMAINS: signInDomains,
  SIGN_IN_EMAILS: signInEmails,
  ADMIN_API_KEY: secret.optional(),
  ENCRYPTION_KEYS: masterKeys.optional(),
  RATE_LIMIT_PER_MINUTE: wholeNumber(6000),
  FORCED_REFRESH_LIMIT_PER_MINUTE: wholeNumber(30),
  SEND_MESSAGES_PER_HOUR: wholeNumber(60),
  SEND_MESSAGES_PER_DAY: wholeNumber(300),
  SEND_RECIPIENTS_PER_HOUR: wholeNumber(200),
  SEND_RECIPIENTS_PER_DAY: wholeNumber(1000),
  SEND_RECIPIENTS_PER_MESSAGE: wholeNumber(50),
  API_KEY_LIFE_DAYS: wholeNumber(365),
  MCP_TOKEN_LIFE_DAYS: wholeNumber(90),
  BODY_BYTES_IN_FLIGHT: bodyBytes.optional(),
  MCP_CALLS_AT_ONCE: wholeNumber(50, 1),
  GMAIL_REQUESTS_AT_ONCE: wholeNumber(50, 1),
  GMAIL_REQUEST_TIMEOUT_MS: requestTimeoutMs,
  GMAIL_QUOTA_UNITS_PER_MINUTE: wholeNumber(6000),
  GMAIL_QUOTA_UNIT_COSTS: numbersByName.optional(),
  GMAIL_POLL_SECONDS: pollSeconds,
  TOKEN_EXPIRY_BUFFER_SECONDS: wholeNumber(300),
  HISTORY_RETENTION_DAYS: wholeNumber(90),
  AUDIT_RETENTION_DAYS: wholeNumber(400),
  AUDIT_HASH_RECIPIENTS: flag,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  ...secretFiles(),
});

function secretFiles() {
  const paths = secretFileVariables.map((name) => [name, path.optional()] as const);
  return Object.fromEntries(paths) as Record<
    (typeof secretFileVariables)[number],
    z.ZodOptional<typeof path>
  >;
}

type Variables = z.output<typeof environmentSchema>;

function parseVariables(source: Record<string, string | undefined>): Variables {
  // An empty variable (`PORT=`) means an unset one, as in Compose files.
  const given = Object.entries(withProxyNames(source)).filter((entry): entry is [string, string] =>
    Boolean(entry[1]),
  );
  const result = environmentSchema.safeParse(withSecretFiles(Object.fromEntries(given)));
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new ConfigurationError(String(issue?.path[0]), issue?.message ?? 'is not valid');
}

/** As curl and others do it: the names of proxies are common in small letters, which count first. */
function withProxyNames(source: Record<string, string | undefined>): Record<string, string | undefined> {
  const { https_proxy, no_proxy } = source;
  return {
    ...source,
    ...(https_proxy && { HTTPS_PROXY: https_proxy }),
    ...(no_proxy && { NO_PROXY: no_proxy }),
  };
}

/** What the process was told, checked; its secrets may still have to be generated (`secrets.ts`). */
export interface Environment extends Variables {
  isProduction: boolean;
  usesEmbeddedDatabase: boolean;
  /** The sandbox Google stands in when no OAuth client is given and nothing real is at stake. */
  usesSandbox: boolean;
  listenHost: string;
  drainSeconds: number;
  publicUrl: string;
  /** `OAUTH_SERVICE_URL`, or where this process, or another on this machine, has the OAuth service by default. */
  oauthServiceUrl: string;
}

/**
 * Reads and checks the environment. The only reader of `process.env` in Evergrant is its caller in `main.ts`.
 * @throws ConfigurationError naming the first variable at fault
 */
export function loadEnvironment(source: Record<string, string | undefined>): Environment {
  const variables = parseVariables(source);
  const isProduction = variables.NODE_ENV === 'production';
  const usesEmbeddedDatabase = variables.DATABASE_URL === undefined;
  const environment: Environment = {
    ...variables,
    isProduction,
    usesEmbeddedDatabase,
    usesSandbox: !isProduction && usesEmbeddedDatabase && variables.GOOGLE_CLIENT_ID === undefined,
    // The embedded default is one person's machine; with a database of its own it is a service.
    listenHost: variables.LISTEN_HOST ?? (usesEmbeddedDatabase && !isProduction ? 'localhost' : '0.0.0.0'),
    drainSeconds: variables.SHUTDOWN_DRAIN_SECONDS ?? (isProduction ? drainSecondsInProduction : 0),
    publicUrl: variables.PUBLIC_URL ?? `http://localhost:${variables.PORT}`,
    oauthServiceUrl: variables.OAUTH_SERVICE_URL ?? ownOAuthServiceUrl(variables),
  };
  checkCombinations(environment, source);
  if (isProduction) refuseUnsafe(environment);
  return environment;
}

/** The port is that of a process with the role; the others know only where it is by default. */
function ownOAuthServiceUrl({ ROLES, OAUTH_SERVICE_PORT }: Variables): string {
  return `http://localhost:${ROLES.has('oauth') ? OAUTH_SERVICE_PORT : defaultOAuthServicePort}`;
}

const googleUrlVariables = [
  'GOOGLE_ISSUER',
  'GOOGLE_AUTH_URL',
  'GOOGLE_TOKEN_URL',
  'GOOGLE_REVOKE_URL',
  'GOOGLE_USERINFO_URL',
  'GOOGLE_CERTS_URL',
  'GOOGLE_RISC_CONFIGURATION_URL',
  'GMAIL_API_URL',
] as const;

function checkCombinations(environment: Environment, source: Record<string, string | undefined>): void {
  const { oauthServiceUrl, OAUTH_SERVICE_ALLOW_HTTP, PORT, OAUTH_SERVICE_PORT, ROLES } = environment;
  if (!OAUTH_SERVICE_ALLOW_HTTP && oauthServiceUrl.startsWith('http:') && !isLoopback(oauthServiceUrl)) {
    throw new ConfigurationError(
      'OAUTH_SERVICE_URL',
      'must be https unless OAUTH_SERVICE_ALLOW_HTTP is true',
    );
  }
  if (environment.isProduction && environment.PUBLIC_URL === undefined && ROLES.has('api')) {
    throw new ConfigurationError('PUBLIC_URL', 'is required in production');
  }
  if (PORT === OAUTH_SERVICE_PORT && ROLES.has('oauth') && ROLES.size > 1) {
    throw new ConfigurationError('OAUTH_SERVICE_PORT', 'must differ from PORT');
  }
  checkPubsub(environment);
  if (environment.usesSandbox) {
    const pointed = googleUrlVariables.find((name) => source[name]);
    if (pointed) throw new ConfigurationError('GOOGLE_CLIENT_ID', `is required when ${pointed} is set`);
  }
}

/** Notifications need both: a topic that Gmail publishes to, and the account whose pushes are believed. */
function checkPubsub({ GMAIL_PUBSUB_TOPIC, GMAIL_PUBSUB_SERVICE_ACCOUNT }: Variables): void {
  if (GMAIL_PUBSUB_TOPIC !== undefined && GMAIL_PUBSUB_SERVICE_ACCOUNT === undefined)
    throw new ConfigurationError(
      'GMAIL_PUBSUB_SERVICE_ACCOUNT',
      'is required when GMAIL_PUBSUB_TOPIC is set',
    );
  if (GMAIL_PUBSUB_SERVICE_ACCOUNT !== undefined && GMAIL_PUBSUB_TOPIC === undefined)
    throw new ConfigurationError(
      'GMAIL_PUBSUB_TOPIC',
      'is required when GMAIL_PUBSUB_SERVICE_ACCOUNT is set',
    );
}
