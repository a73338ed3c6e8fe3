import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AskedConsents } from './consent/asked-consent.js';
import { AuthorizationEnds } from './issuer/authorization-ends.js';
import { AuthorizationServerController } from './metadata/authorization-server.controller.js';
import { AuthorizeController } from './endpoints/authorize.controller.js';
import { ClientDocuments, ClientDocumentsOptions } from './registration/client-documents.js';
import { ConsentBrowsers } from './consent/consent-browsers.js';
import { ConsentController } from './consent/consent.controller.js';
import { ConsentDecisions } from './consent/consent-decisions.js';
import { ConsentSteps } from './consent/consent-steps.js';
import { InteractionCookies } from './endpoints/interaction-cookies.js';
import { Issuer } from './issuer/issuer.js';
import { IssuerAnswers } from './endpoints/issuer-answers.js';
import { IssuerParts } from './issuer/issuer-parts.js';
import { IssuerStores } from './issuer/issuer-stores.js';
import { OfferedMailboxes } from './consent/offered-mailboxes.js';
import { ProtectedResourceController } from './metadata/protected-resource.controller.js';
import { RegistrationController } from './endpoints/registration.controller.js';
import { RequestTransactions } from './storage/request-transactions.js';
import { SignInClient } from './storage/sign-in-client.entity.js';
import { SignInClients } from './storage/sign-in-clients.js';
import { SignInMetrics } from './issuer/sign-in-metrics.js';
import { SignInOptions } from './sign-in-options.js';
import { SignInPruning } from './upkeep/sign-in-pruning.js';
import { SignInRecord } from './storage/sign-in-record.entity.js';
import { SignInRecords } from './storage/sign-in-records.js';
import type { SignInSeal } from './storage/sign-in-seal.js';
import { SigningKey } from './storage/signing-key.entity.js';
import { SigningKeys } from './storage/signing-keys.js';
import { SuccessorTokens } from './issuer/successor-tokens.js';
import { AskedWidenings } from './widening/asked-widenings.js';
import { WideningController } from './widening/widening.controller.js';
import { WideningSteps } from './widening/widening-steps.js';
import { TokenController } from './endpoints/token.controller.js';

const entities = [SignInClient, SignInRecord, SigningKey];

/** The authorization server for MCP clients: people sign in with Google, and decide what a client may do. */
@Module({})
export class SignInModule {
  /**
   * Where another authorization server takes its place, only what names that is there.
   * @param seal provides {@link SignInSeal}: the vault is not known here
   */
  static forRoot(
    options: SignInOptions,
    documents: ClientDocumentsOptions,
    seal: Provider<SignInSeal>,
  ): DynamicModule {
    if (options.externalIssuer !== null)
      return {
        module: SignInModule,
        imports: [TypeOrmModule.forFeature(entities)],
        controllers: [ProtectedResourceController],
        providers: [{ provide: SignInOptions, useValue: options }],
      };
    return {
      module: SignInModule,
      imports: [TypeOrmModule.forFeature(entities)],
      controllers: [
        AuthorizationServerController,
        AuthorizeController,
        ConsentController,
        ProtectedResourceController,
        RegistrationController,
        TokenController,
        WideningController,
      ],
      providers: [
        { provide: SignInOptions, useValue: options },
        { provide: ClientDocumentsOptions, useValue: documents },
        seal,
        AskedConsents,
        AskedWidenings,
        AuthorizationEnds,
        ClientDocuments,
        ConsentBrowsers,
        ConsentDecisions,
        ConsentSteps,
        InteractionCookies,
        Issuer,
        IssuerAnswers,
        IssuerParts,
        IssuerStores,
        OfferedMailboxes,
        RequestTransactions,
        SignInClients,
        SignInMetrics,
        SignInPruning,
        SignInRecords,
        SigningKeys,
        SuccessorTokens,
        WideningSteps,
      ],
    };
  }
}
