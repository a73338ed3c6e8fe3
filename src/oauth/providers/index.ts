import type { Type } from '@nestjs/common';
import type { OAuthProvider } from '../oauth-provider.js';
import { GoogleProvider } from './google/index.js';

/** Every provider of this build; each is a folder here and a line. The first is where instances go that name none. */
export const providerClasses: Type<OAuthProvider>[] = [GoogleProvider];

export { GoogleProviderOptions, type GoogleEndpoints } from './google/index.js';
export { ProviderRegistry } from './provider-registry.js';
