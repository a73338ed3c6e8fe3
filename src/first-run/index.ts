export { firstRun } from './first-run.js';
