export { OAuthServiceModule } from './oauth-service.module.js';
export { OAuthServiceOptions } from './oauth-service-options.js';
