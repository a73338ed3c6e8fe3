// What a thread does, by name (src/gmail/threads/worker-threads.ts).
export { parseJson } from './client/parse-json.js';
export { bodyText as readBody } from './reading/body-text.js';
