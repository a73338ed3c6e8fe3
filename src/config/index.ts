export { ConfigurationError } from './configuration-error.js';
export {
  defaultDataDir,
  defaultOAuthServiceTimeoutMs,
  environmentSchema,
  loadEnvironment,
  type Environment,
} from './environment.js';
export { dataDirectoryFault, prepareDataDirectory } from './data-directory.js';
export { makeDirectory } from './make-directory.js';
export { trustExtraCertificates } from './extra-certificates.js';
export {
  adminApiKey,
  deploymentClient,
  encryptionKeys,
  oauthServiceToken,
  readOrGenerateSecret,
  requireSecrets,
  secretFile,
} from './secrets.js';
export { unsafeSetting } from './production-refusals.js';
export { isLoopback } from './variables.js';
export { version } from './version.js';
