import { Injectable } from '@nestjs/common';
import type { ApiCaller } from '../holders/api-principal.js';
import { SignInCodes } from '../console/sign-in-codes.js';
import { ApiCallers } from './api-callers.js';

/** What a browser shows once, to be known from then on: a key, or in its place the code of a one-time link. */
export interface PresentedLogin {
  apiKey?: string | undefined;
  code?: string | undefined;
}

/** Finds out who holds what a browser presents to log in. */
@Injectable()
export class PresentedLogins {
  constructor(
    private readonly callers: ApiCallers,
    private readonly codes: SignInCodes,
  ) {}

  /** A code is used up by it. @throws EvergrantError `FORBIDDEN` for a suspended tenant's key */
  async holderOf({ apiKey, code }: PresentedLogin): Promise<ApiCaller | null> {
    if (apiKey !== undefined) return this.callers.byKey(apiKey);
    return code !== undefined && (await this.codes.redeem(code)) ? this.callers.operator() : null;
  }
}
