export { EmbeddedPostgres, type EmbeddedPostgresOptions } from './embedded-postgres.js';
export { LaunchMode } from './launch-mode.js';
