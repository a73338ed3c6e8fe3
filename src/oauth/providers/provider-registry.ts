import { EvergrantError } from '../../errors/index.js';
import type { OAuthProvider } from '../oauth-provider.js';
import type { ProviderName } from '../token-exchange.js';

/** The providers of this build, by name. */
export class ProviderRegistry {
  private readonly byName: ReadonlyMap<ProviderName, OAuthProvider>;

  constructor(providers: readonly OAuthProvider[]) {
    this.byName = new Map(providers.map((provider) => [provider.name, provider]));
  }

  names(): ProviderName[] {
    return [...this.byName.keys()];
  }

  /** Where instances go that name none. */
  get default(): OAuthProvider {
    const [first] = this.byName.values();
    if (first === undefined) throw new Error('This build has no OAuth provider');
    return first;
  }

  /** @throws EvergrantError `VALIDATION_FAILED` for a name that is not known here */
  get(name: ProviderName): OAuthProvider {
    const provider = this.byName.get(name);
    if (provider === undefined) throw unknownProvider();
    return provider;
  }
}

function unknownProvider(): EvergrantError {
  return new EvergrantError('VALIDATION_FAILED', { field: 'provider', message: 'There is no such provider' });
}
