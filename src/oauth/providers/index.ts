import type { Provider, Type } from '@nestjs/common';
import type { OutboundProxy } from '../../resilience/index.js';
import type { OAuthProvider, ProviderEndpoints } from '../oauth-provider.js';
import { google } from './google/index.js';

interface BuiltInProvider {
  provider: Type<OAuthProvider>;
  /** What its class is constructed with. */
  options: (endpoints: ProviderEndpoints, proxy: OutboundProxy | null) => Provider;
}

/** Every provider of this build; each is a folder here and a name. */
const builtIn = { google } satisfies Record<string, BuiltInProvider>;

export type EndpointsByProvider = Record<keyof typeof builtIn, ProviderEndpoints>;

export const providerClasses: Type<OAuthProvider>[] = Object.values(builtIn).map(({ provider }) => provider);

/** What is injected into {@link providerClasses}. */
export function providerOptions(endpoints: EndpointsByProvider, proxy: OutboundProxy | null): Provider[] {
  return Object.entries(builtIn).map(([name, { options }]) =>
    options(endpoints[name as keyof typeof builtIn], proxy),
  );
}

export { ProviderRegistry } from './provider-registry.js';
