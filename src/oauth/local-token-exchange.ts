import { Injectable } from '@nestjs/common';
import { ProviderRegistry } from './providers/index.js';
import {
  TokenExchange,
  type CodeExchangeOutcome,
  type CodeExchangeRequest,
  type RefreshOutcome,
  type RefreshRequest,
} from './token-exchange.js';

/** Goes straight to the provider that a request names: path `direct`. */
@Injectable()
export class LocalTokenExchange extends TokenExchange {
  constructor(private readonly providers: ProviderRegistry) {
    super();
  }

  override async refresh(request: RefreshRequest): Promise<RefreshOutcome> {
    return this.providers.get(request.provider).refresh(request);
  }

  override async exchangeCode(request: CodeExchangeRequest): Promise<CodeExchangeOutcome> {
    return this.providers.get(request.provider).exchangeCode(request);
  }
}
