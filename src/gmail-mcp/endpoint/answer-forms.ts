import type { AnswerForm } from './accepted-form.js';

/** Proxies end silent connections after 15 seconds or more, most after a minute. */
export const keepAliveMs = 10_000;

interface FormOfAnswer {
  headers: Readonly<Record<string, string>>;
  /** What shows life and means nothing. */
  signOfLife: string;
  /** The answer, one JSON-RPC message, as it is sent. */
  written: (message: string) => string;
}

const headers = { 'content-type': 'application/json', 'cache-control': 'no-store, no-transform' };

export const answerForms = {
  stream: {
    headers: {
      ...headers,
      'content-type': 'text/event-stream',
      connection: 'keep-alive',
      'x-accel-buffering': 'no',
    },
    // A comment (WHATWG HTML, section 9.2.5).
    signOfLife: ': keepalive\n\n',
    written: (message) => `event: message\ndata: ${message}\n\n`,
  },
  // Space before a value is no part of it (RFC 8259 section 2).
  json: { headers, signOfLife: '\n', written: (message) => message },
} as const satisfies Record<AnswerForm, FormOfAnswer>;
