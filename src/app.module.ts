import { join } from 'node:path';
import { Module, type DynamicModule, type FactoryProvider } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditKeySource, AuditModule, AuditOptions } from './audit/index.js';
import {
  adminApiKey,
  deploymentClient,
  encryptionKeys,
  isLoopback,
  oauthServiceToken,
  version,
  type Environment,
} from './config/index.js';
import { ConsoleModule } from './console/index.js';
import {
  AbsentOAuthClients,
  CredentialsModule,
  DataKeys,
  ifReadable,
  RecordCipher,
  RefreshOutcomesModule,
  SignInCipher,
} from './credentials/index.js';
import { DatabaseModule, RateLimitSlices } from './database/index.js';
import { ErrorFilter, restRendering, validationPipe } from './errors/index.js';
import {
  AttachmentUpload,
  AttachmentUploadPiece,
  GmailMcpModule,
  ListServersOptions,
  MailboxWatchRow,
  WatchOptions,
} from './gmail-mcp/index.js';
import { GmailModule } from './gmail/index.js';
import { HealthModule } from './health/index.js';
import { IdentityModule, IdentityOptions, Tenant, type SignInWishes } from './identity/index.js';
import { InstancesModule, InstancesOptions, type GoogleKind } from './instances/index.js';
import { MetricsModule } from './metrics/index.js';
import { OAuthModule, OAuthServiceClientOptions } from './oauth/index.js';
import { OAuthServiceModule, OAuthServiceOptions } from './oauth-service/index.js';
import { OpenApiModule } from './openapi/index.js';
import { PagesModule, PagesOptions } from './pages/index.js';
import { ActSeal, PolicyModule, type ActPlace, type SendLimits } from './policy/index.js';
import { ResilienceModule, type OutboundProxy } from './resilience/index.js';
import { SecurityEventsModule, SecurityEventsOptions } from './security-events/index.js';
import { ClientDocumentsOptions, SignInModule, SignInOptions, SignInSeal } from './sign-in/index.js';
import { WebhookSeal, WebhooksModule, WebhooksOptions, type WebhookPlace } from './webhooks/index.js';

const databaseRetriesInProduction = 10;

const edges = [
  { provide: APP_FILTER, useValue: new ErrorFilter(restRendering) },
  { provide: APP_PIPE, useFactory: validationPipe },
];

/** The composition: the only file that knows every module. */
@Module({})
export class AppModule {
  /** What answers on `PORT`: the `api` role, or the probes of a process that has only background work. */
  static forDatabaseRoles(environment: Environment, databaseUrl: string): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ResilienceModule,
        MetricsModule,
        audit(environment),
        DatabaseModule.forRoot({
          url: databaseUrl,
          connectRetries: environment.isProduction ? databaseRetriesInProduction : 0,
        }),
        oauth(environment, oauthServiceClient(environment)),
        CredentialsModule.forRoot({
          encryptionKeys: encryptionKeys(environment),
          deploymentClient: deploymentClient(environment),
          formerClients: environment.GOOGLE_FORMER_CLIENTS,
          expiryBufferSeconds: environment.TOKEN_EXPIRY_BUFFER_SECONDS,
          forcedRefreshLimitPerMinute: environment.FORCED_REFRESH_LIMIT_PER_MINUTE,
          servesTokens: environment.ROLES.has('api'),
          worksInBackground: environment.ROLES.has('refresher'),
          historyRetentionDays: environment.HISTORY_RETENTION_DAYS,
          spillDirectory: join(environment.DATA_DIR, 'spill'),
        }),
        // Every table's foreign keys name it, also in a process that serves no caller.
        TypeOrmModule.forFeature([Tenant]),
        HealthModule.withDatabase(AbsentOAuthClients),
        ...(environment.ROLES.has('api') ? [ConsoleModule, OpenApiModule, ...api(environment)] : []),
      ],
      providers: edges,
    };
  }

  /** What answers on `OAUTH_SERVICE_PORT`: the OAuth service, which needs no database. */
  static forOAuthService(environment: Environment): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ResilienceModule,
        MetricsModule,
        AuditModule.forLog(),
        oauth(environment, null, sharedOutcomes(environment)),
        OAuthServiceModule.forRoot(new OAuthServiceOptions(oauthServiceToken(environment))),
        HealthModule.withoutDatabase(),
      ],
      providers: edges,
    };
  }
}

function audit(environment: Environment): DynamicModule {
  const { AUDIT_HASH_RECIPIENTS, AUDIT_RETENTION_DAYS, ROLES } = environment;
  return AuditModule.forChains(
    new AuditOptions(AUDIT_HASH_RECIPIENTS, AUDIT_RETENTION_DAYS, ROLES.has('refresher')),
    { provide: AuditKeySource, useExisting: DataKeys },
  );
}

/** Only what is given: an OAuth service that shares its process with a database shares with no other. */
function sharedOutcomes({ DATABASE_URL, ENCRYPTION_KEYS }: Environment): DynamicModule | undefined {
  if (DATABASE_URL === undefined || ENCRYPTION_KEYS === undefined) return undefined;
  return RefreshOutcomesModule.forRoot({ databaseUrl: DATABASE_URL, encryptionKeys: ENCRYPTION_KEYS });
}

function oauth(
  environment: Environment,
  oauthService: OAuthServiceClientOptions | null,
  sharedOutcomes?: DynamicModule,
): DynamicModule {
  return OAuthModule.forRoot({
    oauthService,
    sharedOutcomes,
    proxy: outboundProxy(environment),
    google: {
      issuer: environment.GOOGLE_ISSUER,
      authUrl: environment.GOOGLE_AUTH_URL,
      tokenUrl: environment.GOOGLE_TOKEN_URL,
      revokeUrl: environment.GOOGLE_REVOKE_URL,
      userinfoUrl: environment.GOOGLE_USERINFO_URL,
    },
  });
}

function oauthServiceClient(environment: Environment): OAuthServiceClientOptions {
  return new OAuthServiceClientOptions(
    environment.oauthServiceUrl,
    oauthServiceToken(environment),
    environment.OAUTH_SERVICE_TIMEOUT_MS,
  );
}

/** For Google alone: the OAuth service is reached as it is named. */
function outboundProxy({ HTTPS_PROXY, NO_PROXY }: Environment): OutboundProxy | null {
  return HTTPS_PROXY === undefined ? null : { url: HTTPS_PROXY, exceptFor: NO_PROXY };
}

/** Beside a Gmail that is on this machine, and none, lists may be there too. */
function listServers({ isProduction, GMAIL_API_URL, HTTPS_PROXY }: Environment): ListServersOptions {
  return new ListServersOptions(!isProduction && isLoopback(GMAIL_API_URL), HTTPS_PROXY !== undefined);
}

/** Notifications are taken where both the topic and the pusher are known; mailboxes are looked at in any case. */
function watching(
  environment: Environment,
): Required<Pick<Parameters<typeof GmailMcpModule.forRoot>[0], 'watches' | 'pubsub'>> {
  const { GMAIL_PUBSUB_TOPIC: topic = null, GMAIL_PUBSUB_SERVICE_ACCOUNT: serviceAccount } = environment;
  return {
    watches: new WatchOptions(topic, environment.GMAIL_POLL_SECONDS),
    pubsub:
      serviceAccount === undefined
        ? null
        : {
            serviceAccount,
            certsUrl: environment.GOOGLE_CERTS_URL,
            issuer: environment.GOOGLE_ISSUER,
            proxy: outboundProxy(environment),
          },
  };
}

function sendLimits(environment: Environment): SendLimits {
  return {
    messagesPerHour: environment.SEND_MESSAGES_PER_HOUR,
    messagesPerDay: environment.SEND_MESSAGES_PER_DAY,
    recipientsPerHour: environment.SEND_RECIPIENTS_PER_HOUR,
    recipientsPerDay: environment.SEND_RECIPIENTS_PER_DAY,
    recipientsPerMessage: environment.SEND_RECIPIENTS_PER_MESSAGE,
  };
}

/** What acts say lies in the vault of their tenant. */
const actSeal: FactoryProvider<ActSeal> = {
  provide: ActSeal,
  inject: [RecordCipher],
  useFactory: (cipher: RecordCipher) => {
    const placed = ({ tenantId, actId, field }: ActPlace) =>
      ({ kind: 'outbound_act', tenantId, recordId: actId, field }) as const;
    return {
      prepare: (tenantId) => cipher.prepare(tenantId),
      seal: (place, text) => cipher.seal(placed(place), text),
      open: (place, sealed) => ifReadable(cipher.open(placed(place), sealed)),
    };
  },
};

/** Secrets of webhooks lie in the vault of their tenant. */
const webhookSeal: FactoryProvider<WebhookSeal> = {
  provide: WebhookSeal,
  inject: [RecordCipher],
  useFactory: (cipher: RecordCipher) => {
    const placed = ({ tenantId, webhookId }: WebhookPlace) =>
      ({ kind: 'webhook', tenantId, recordId: webhookId, field: 'secret' }) as const;
    return {
      prepare: (tenantId) => cipher.prepare(tenantId),
      seal: (place, secret) => cipher.seal(placed(place), secret),
      open: (place, sealed) => ifReadable(cipher.open(placed(place), sealed)),
    };
  },
};

/** With the sandbox its accounts, unless others are named; else nobody who is not. */
function signIn({ SIGN_IN_DOMAINS, SIGN_IN_EMAILS, usesSandbox }: Environment): SignInWishes {
  const isUnsaid = SIGN_IN_DOMAINS.length === 0 && SIGN_IN_EMAILS.length === 0;
  return { domains: SIGN_IN_DOMAINS, emails: SIGN_IN_EMAILS, everyone: usesSandbox && isUnsaid };
}

/** By default its tokens are for the endpoint of people. */
function externalIssuer({ AUTH_ISSUER: issuer, AUTH_AUDIENCE, publicUrl }: Environment) {
  return issuer === undefined ? undefined : { issuer, audience: AUTH_AUDIENCE ?? `${publicUrl}/mcp` };
}

/** Google signs events for the deployment's clients; those of a client that a tenant brought go to the tenant's own stream. */
function securityEvents(environment: Environment): SecurityEventsOptions {
  const { GOOGLE_FORMER_CLIENTS, GOOGLE_RISC_CONFIGURATION_URL } = environment;
  const clients = [deploymentClient(environment), ...GOOGLE_FORMER_CLIENTS];
  return new SecurityEventsOptions(
    clients.map(({ clientId }) => clientId),
    GOOGLE_RISC_CONFIGURATION_URL,
    (url) => url.startsWith('https:') || isLoopback(url),
    outboundProxy(environment),
  );
}

function googleKind({ usesSandbox, GOOGLE_AUTH_URL }: Environment): GoogleKind {
  if (usesSandbox) return 'sandbox';
  return new URL(GOOGLE_AUTH_URL).hostname === 'accounts.google.com' ? 'google' : 'stand-in';
}

function api(environment: Environment): DynamicModule[] {
  const ownOrigins = [new URL(environment.publicUrl).origin, ...environment.FRONTEND_ORIGINS];
  return [
    IdentityModule.forRoot(
      new IdentityOptions(
        adminApiKey(environment),
        environment.publicUrl,
        environment.RATE_LIMIT_PER_MINUTE,
        {
          apiKeyLifeDays: environment.API_KEY_LIFE_DAYS,
          mcpTokenLifeDays: environment.MCP_TOKEN_LIFE_DAYS,
          signIn: signIn(environment),
          externalIssuer: externalIssuer(environment),
        },
      ),
    ),
    GmailModule.forRoot({
      apiUrl: environment.GMAIL_API_URL,
      limits: {
        requestsPerMailbox: environment.GMAIL_REQUESTS_AT_ONCE,
        requestTimeoutMs: environment.GMAIL_REQUEST_TIMEOUT_MS,
      },
      quota: {
        unitsPerMinute: environment.GMAIL_QUOTA_UNITS_PER_MINUTE,
        unitCosts: environment.GMAIL_QUOTA_UNIT_COSTS,
        sharedUnits: RateLimitSlices,
      },
      proxy: outboundProxy(environment),
    }),
    PagesModule.forRoot(new PagesOptions(environment.publicUrl)),
    InstancesModule.forRoot(new InstancesOptions(environment.publicUrl, ownOrigins, googleKind(environment))),
    PolicyModule.forRoot(
      sendLimits(environment),
      actSeal,
      encryptionKeys(environment).map(({ key }) => key),
    ),
    SignInModule.forRoot(
      new SignInOptions(environment.publicUrl, environment.AUTH_ISSUER ?? null),
      new ClientDocumentsOptions(environment.HTTPS_PROXY !== undefined),
      { provide: SignInSeal, useExisting: SignInCipher },
    ),
    SecurityEventsModule.forRoot(securityEvents(environment)),
    WebhooksModule.forRoot(
      new WebhooksOptions(!environment.isProduction, environment.HTTPS_PROXY !== undefined),
      webhookSeal,
    ),
    GmailMcpModule.forRoot({
      publicUrl: environment.publicUrl,
      allowedOrigins: ownOrigins,
      allowedHosts: [new URL(environment.publicUrl).hostname, ...environment.MCP_ALLOWED_HOSTS],
      serverVersion: version,
      masterKeys: encryptionKeys(environment),
      callsAtOnce: environment.MCP_CALLS_AT_ONCE,
      imports: [TypeOrmModule.forFeature([AttachmentUpload, AttachmentUploadPiece, MailboxWatchRow])],
      listServers: listServers(environment),
      ...watching(environment),
    }),
  ];
}
