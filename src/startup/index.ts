export { startDatabase } from './start-database.js';
export { Shutdown } from './stopping/shutdown.js';
export { startEvergrant, type RunningEvergrant } from './start-evergrant.js';
export { startFailureLine } from './start-failure.js';
