import type { Provider } from '@nestjs/common';
import type { OutboundProxy } from '../../../resilience/index.js';
import type { ProviderEndpoints } from '../../oauth-provider.js';
import { GoogleProviderOptions } from './google-provider-options.js';
import { GoogleProvider } from './google-provider.js';

/** What the module needs to know of Google. */
export const google = {
  provider: GoogleProvider,
  options: (endpoints: ProviderEndpoints, proxy: OutboundProxy | null): Provider => ({
    provide: GoogleProviderOptions,
    useValue: new GoogleProviderOptions(endpoints, undefined, proxy),
  }),
};

export { GoogleProvider } from './google-provider.js';
