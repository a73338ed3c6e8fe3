// What a thread for documents does, by name (src/gmail/threads/worker-threads.ts).
export { readDocument } from './formats/read-document.js';
