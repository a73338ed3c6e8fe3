import { Module, type DynamicModule, type ModuleMetadata, type NestModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { DatabaseClock } from '../database/index.js';
import { PurposeSeal, type SealingKey } from '../credentials/index.js';
import { RefusalPace } from '../identity/index.js';
import { largestMailBytes } from '../gmail/index.js';
import { CallerUploads } from './calls/caller-uploads.js';
import { MailBytes } from './uploads/mail-bytes.js';
import { ReceivedUploads } from './receiving/received-uploads.js';
import { StoredUploads } from './uploads/stored-uploads.js';
import { UploadLinks } from './uploads/upload-links.js';
import { UploadsController } from './receiving/uploads.controller.js';
import { AttachmentDownloads } from './downloads/attachment-downloads.js';
import { AttachmentsController } from './downloads/attachments.controller.js';
import { LinkHolders } from './downloads/link-holders.js';
import { AttachmentLinks } from './links/attachment-links.js';
import { CallerLinks } from './calls/caller-links.js';
import { AuditedToolRunner } from './calls/audited-tool-runner.js';
import { CredentialAuthGuard } from './guards/credential-auth.guard.js';
import { McpGuards } from './guards/mcp-guards.js';
import { McpHostGuard } from './origins/mcp-host.guard.js';
import { McpOriginGuard } from './origins/mcp-origin.guard.js';
import { McpTokenGuard } from './guards/mcp-token.guard.js';
import { McpFastPath } from './endpoint/fast-path.js';
import { withoutAbsentParameters } from './endpoint/absent-parameters.js';
import { CallerMailboxes } from './calls/caller-mailboxes.js';
import { McpCallQueue } from './calls/mcp-call-queue.js';
import { McpMetrics } from './calls/mcp-metrics.js';
import { ActExecution, ActPerformer, ActWork } from '../policy/index.js';
import { ActRulings } from './acts/act-rulings.js';
import { EarlierActs } from './acts/earlier-acts.js';
import { OutboundGate } from './acts/outbound-gate.js';
import { RecipientFacts } from './acts/recipient-facts.js';
import { ListenerAdmission } from './listening/listener-admission.js';
import { MailboxListening } from './listening/mailbox-listening.js';
import { PubsubController } from './pubsub/pubsub.controller.js';
import { pubsubPath, type PubsubOptions } from './pubsub/pubsub-options.js';
import { PubsubTokens } from './pubsub/pubsub-tokens.js';
import { WatchTurns } from './watching/watch-turns.js';
import { WatchWork } from './watching/watch-work.js';
import { WatchedMailboxes } from './watching/watched-mailboxes.js';
import { MailboxWatches } from './watches/mailbox-watches.js';
import { StoredWatches } from './watches/stored-watches.js';
import { WatchLeases } from './watches/watch-leases.js';
import { WatchMetrics } from './watches/watch-metrics.js';
import { WatchOptions } from './watches/watch-options.js';
import { ListServers, ListServersOptions } from './sending/list-servers.js';
import { ServerPerformer } from './sending/server-performer.js';
import { McpOptions } from './mcp-options.js';
import { McpServers } from './endpoint/mcp-servers.js';
import { PersonServers } from './endpoint/person-servers.js';
import { CallersOfTokens } from './guards/callers-of-tokens.js';
import { CredentialOutcomes } from './guards/credential-outcomes.js';
import { PresentedTokens } from './guards/presented-tokens.js';
import { PersonLinkHolders } from './downloads/person-link-holders.js';
import { MailboxCallers } from './mailboxes/mailbox-callers.js';
import { MailboxList } from './mailboxes/mailbox-list.js';
import { MailboxesOptions } from './mailboxes/mailboxes-options.js';
import { PersonCalls } from './mailboxes/person-calls.js';
import { SpanningCalls } from './mailboxes/spanning-calls.js';
import { McpController } from './endpoint/mcp.controller.js';
import { RequestStates } from './elicitation/request-states.js';
import { SignInQuestions } from './elicitation/sign-in-questions.js';
import { ToolRunner } from './calls/tool-runner.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the page that makes a request may call this route though its origin is not among those of CORS. */
    admitsPage?: (request: FastifyRequest) => boolean;
    /** Whether the route takes its body as it comes, and bounds by itself what of it is in memory. */
    streamsBody?: boolean;
  }
}

export interface GmailMcpModuleOptions {
  /** Where the endpoint is reached from outside. */
  publicUrl: string;
  /** Origins (`https://host:port`) whose pages may call the endpoint from a browser. */
  allowedOrigins: readonly string[];
  /** Host names (no port) that clients know the endpoint by, besides `localhost` and addresses. */
  allowedHosts: readonly string[];
  /** Shown to clients as the server's version. */
  serverVersion: string;
  /** The master keys, from which those of links are derived: the first seals, all open. */
  masterKeys: readonly SealingKey[];
  /** Tool calls of one MCP token that may be under way at once (50). */
  callsAtOnce?: number;
  /** How long an answer about several mailboxes waits for each of them (20 seconds). */
  mailboxDeadlineMs?: number;
  /** How servers of mailing lists are reached to unsubscribe; directly, on the public Internet, if absent. */
  listServers?: ListServersOptions;
  /** How mailboxes are watched; looked at every minute if absent. */
  watches?: WatchOptions;
  /** Who pushes Gmail's notifications; none are taken if null. */
  pubsub?: PubsubOptions | null;
  /** What provides `GmailClient` and the other neighbours, as far as they are not global. */
  imports?: ModuleMetadata['imports'];
}

/** Mail with attachments is larger than the bodies of other routes. */
const bodyLimitBytes = 10 * 1024 * 1024;

/** Gmail's notifications take some hundred bytes. */
const notificationLimitBytes = 32 * 1024;

/** No client has to say what kind of file it uploads: the tool was told. Ours alone, so that no other route takes it. */
const uploadType = 'application/x-evergrant-upload';
const uploadRoute = '/api/uploads/:link';

function takeAnyBytes(route: RouteOptions): void {
  route.bodyLimit = largestMailBytes;
  route.config = { ...route.config, streamsBody: true };
  route.onRequest = (request: FastifyRequest, _reply: unknown, done: () => void): void => {
    request.headers['content-type'] = uploadType;
    done();
  };
}

/** The MCP endpoint and its Gmail tools. */
@Module({})
export class GmailMcpModule implements NestModule {
  static forRoot({
    publicUrl,
    allowedOrigins,
    allowedHosts,
    serverVersion,
    masterKeys,
    callsAtOnce,
    mailboxDeadlineMs,
    listServers = new ListServersOptions(),
    watches = new WatchOptions(null, 60),
    pubsub = null,
    imports = [],
  }: GmailMcpModuleOptions): DynamicModule {
    return {
      module: GmailMcpModule,
      imports,
      controllers: [AttachmentsController, McpController, PubsubController, UploadsController],
      providers: [
        {
          provide: McpOptions,
          useValue: new McpOptions(publicUrl, allowedOrigins, allowedHosts, serverVersion, callsAtOnce),
        },
        {
          provide: MailboxesOptions,
          useValue: new MailboxesOptions(mailboxDeadlineMs),
        },
        { provide: PurposeSeal, useValue: new PurposeSeal(masterKeys, 'attachment links') },
        {
          provide: SignInQuestions,
          inject: [DatabaseClock],
          useFactory: (clock: DatabaseClock) =>
            new SignInQuestions(new RequestStates(new PurposeSeal(masterKeys, 'request states'), clock)),
        },
        { provide: ActPerformer, useClass: ServerPerformer },
        ActExecution,
        ActRulings,
        ActWork,
        EarlierActs,
        OutboundGate,
        RecipientFacts,
        { provide: WatchOptions, useValue: watches },
        {
          provide: PubsubTokens,
          inject: [RefusalPace, WatchMetrics],
          useFactory: (pace: RefusalPace, metrics: WatchMetrics) =>
            new PubsubTokens(publicUrl, pubsub, pace, metrics),
        },
        ListenerAdmission,
        MailboxListening,
        MailboxWatches,
        StoredWatches,
        WatchedMailboxes,
        WatchLeases,
        WatchMetrics,
        WatchTurns,
        WatchWork,
        AttachmentDownloads,
        AttachmentLinks,
        AuditedToolRunner,
        CallerLinks,
        CallerUploads,
        MailBytes,
        ReceivedUploads,
        StoredUploads,
        {
          provide: UploadLinks,
          inject: [DatabaseClock],
          useFactory: (clock: DatabaseClock) =>
            new UploadLinks(new PurposeSeal(masterKeys, 'upload slots'), publicUrl, clock),
        },
        CallerMailboxes,
        CredentialAuthGuard,
        LinkHolders,
        { provide: ListServers, useValue: new ListServers(listServers) },
        McpCallQueue,
        McpFastPath,
        McpGuards,
        McpHostGuard,
        McpMetrics,
        McpOriginGuard,
        McpServers,
        McpTokenGuard,
        ...[CallersOfTokens, CredentialOutcomes, PresentedTokens, PersonLinkHolders],
        ...[MailboxCallers, MailboxList, PersonCalls, PersonServers, SpanningCalls],
        ToolRunner,
      ],
    };
  }

  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly guards: McpGuards,
    private readonly fastPath: McpFastPath,
    private readonly pubsub: PubsubTokens,
  ) {}

  /** Nest calls it with the HTTP adapter in place and the routes not yet registered. */
  configure(): void {
    const fastify = this.adapterHost.httpAdapter.getInstance<FastifyInstance>();
    fastify.addContentTypeParser(uploadType, (_request, _payload, done) => done(null));
    fastify.addHook('onRoute', (route) => {
      if (route.url === uploadRoute) takeAnyBytes(route);
      if (route.url === pubsubPath) {
        route.bodyLimit = notificationLimitBytes;
        route.onRequest = ({ headers }: FastifyRequest) => this.pubsub.check(headers.authorization);
      }
      if (route.url !== '/mcp' && !route.url.startsWith('/mcp/')) return;
      route.bodyLimit = bodyLimitBytes;
      route.config = {
        ...route.config,
        admitsPage: this.guards.admitsPage,
        challenge: this.guards.challenge,
      };
      route.onRequest = this.guards.onRequest;
      route.preValidation = withoutAbsentParameters;
      route.preHandler = [this.guards.preHandler, this.fastPath.preHandler];
    });
  }
}
