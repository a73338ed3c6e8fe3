export {
  ConfigurationError,
  defaultOAuthServiceTimeoutMs,
  environmentSchema,
  loadEnvironment,
  type Environment,
} from './environment.js';
export {
  adminApiKey,
  deploymentClient,
  encryptionKeys,
  oauthServiceToken,
  readOrGenerateSecret,
  requireSecrets,
  secretFile,
} from './secrets.js';
export { version } from './version.js';
