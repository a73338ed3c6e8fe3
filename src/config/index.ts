export { ConfigurationError, environmentSchema, loadEnvironment, type Environment } from './environment.js';
export { adminApiKey, deploymentClient, encryptionKeys, oauthServiceToken, secretFile } from './secrets.js';
export { isLoopback, type MasterKey, type Role } from './variables.js';
export { version } from './version.js';
