import process from 'node:process';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { largeMessageId, pastedToken } from './tool-call.js';

/** What is asked of Gmail by the bare server, which knows one token, and by all others. */
export interface GmailCalls {
  pasted: number;
  others: number;
}

const text = 'The train leaves at nine. '.repeat(80);
const largeHtml = `<html><body>${'<p>The train leaves at <b>nine</b>.</p>\n'.repeat(125_000)}</body></html>`;

function message(id: string, mimeType: string, content: string): string {
  const headers = Object.entries({
    From: 'Ada Lovelace <ada@example.com>',
    To: 'Charles Babbage <charles@example.com>',
    Subject: 'Our journey',
    Date: 'Tue, 28 Jul 2026 09:00:00 +0000',
    'Message-ID': '<journey@example.com>',
    'Content-Type': `${mimeType}; charset="UTF-8"`,
  }).map(([name, value]) => ({ name, value }));
  const body = { size: content.length, data: Buffer.from(content).toString('base64url') };
  return JSON.stringify({
    ...{ id, threadId: 't1', labelIds: ['INBOX'], snippet: 'The train leaves', historyId: '7' },
    ...{ internalDate: '1785229200000', sizeEstimate: content.length },
    payload: { partId: '', mimeType, filename: '', headers, body },
  });
}

const profile = JSON.stringify({
  ...{ emailAddress: 'bench0@sandbox.test', messagesTotal: 2, threadsTotal: 2, historyId: '7' },
});
const small = message('m1', 'text/plain', text);
const large = message(largeMessageId, 'text/html', largeHtml);

/**
 * A program: a Gmail of two messages that takes as long as it is told to on average, and counts. It checks nothing, so that it
 * takes as little as it can of the machine on which what asks it is measured.
 */
const calls: GmailCalls = { pasted: 0, others: 0 };
let delayMs = 0;

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://gmail');
  if (pathname === '/delay') delayMs = Number(searchParams.get('ms'));
  if (!pathname.startsWith('/gmail/')) return void response.end(JSON.stringify(calls));
  if (pathname.endsWith('/profile')) return void response.end(profile);
  calls[request.headers.authorization === `Bearer ${pastedToken}` ? 'pasted' : 'others'] += 1;
  const body = pathname.endsWith(largeMessageId) ? large : small;
  const answer = () => response.setHeader('content-type', 'application/json').end(body);
  if (delayMs === 0) answer();
  // Spread out: callers that all wait equally long would come again all at once.
  else void pause(delayMs * (0.5 + Math.random())).then(answer);
});
process.once('SIGTERM', () => process.exit(0));
server.listen(Number(process.env.PORT), '127.0.0.1');
