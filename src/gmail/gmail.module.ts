import { type DynamicModule, Module } from '@nestjs/common';
import { GmailClient } from './client/gmail-client.js';
import { GmailHttp } from './client/gmail-http.js';
import { GmailOutbox } from './outbox/gmail-outbox.js';
import { type GmailLimits, GmailOptions } from './client/gmail-options.js';

/** Provides the `GmailClient` and the `GmailOutbox`; global, as it is one connection pool. */
@Module({})
export class GmailModule {
  static forRoot({ apiUrl, limits }: { apiUrl: string; limits?: GmailLimits }): DynamicModule {
    return {
      module: GmailModule,
      global: true,
      providers: [
        { provide: GmailOptions, useValue: new GmailOptions(apiUrl, limits) },
        GmailHttp,
        GmailClient,
        GmailOutbox,
      ],
      exports: [GmailClient, GmailOutbox],
    };
  }
}
