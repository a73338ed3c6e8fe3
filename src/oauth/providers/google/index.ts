export { GoogleProvider } from './google-provider.js';
export { GoogleProviderOptions, type GoogleEndpoints } from './google-provider-options.js';
