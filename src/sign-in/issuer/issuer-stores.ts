import { Injectable } from '@nestjs/common';
import { PersonAuthorizations, PersonTokens } from '../../identity/index.js';
import { SignInClients } from '../storage/sign-in-clients.js';
import { SignInRecords } from '../storage/sign-in-records.js';
import { AuthorizationEnds } from './authorization-ends.js';

/** Where what the authorization server knows is kept. */
@Injectable()
export class IssuerStores {
  constructor(
    readonly records: SignInRecords,
    readonly clients: SignInClients,
    readonly tokens: PersonTokens,
    readonly authorizations: PersonAuthorizations,
    readonly ends: AuthorizationEnds,
  ) {}
}
