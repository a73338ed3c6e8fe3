import type { Provider } from '@nestjs/common';
import type { ProviderEndpoints } from '../../oauth-provider.js';
import { GoogleProviderOptions } from './google-provider-options.js';
import { GoogleProvider } from './google-provider.js';

/** What the module needs to know of Google. */
export const google = {
  provider: GoogleProvider,
  options: (endpoints: ProviderEndpoints): Provider => ({
    provide: GoogleProviderOptions,
    useValue: new GoogleProviderOptions(endpoints),
  }),
};

export { GoogleProvider } from './google-provider.js';
