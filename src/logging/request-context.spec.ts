import { expect, it } from '@jest/globals';
import { createPino } from './pino-logger.js';
import { answeringRequest } from './request-context.js';

it('lends a line the id of its request, and no field of an earlier line', () => {
  const lines: object[] = [];
  const write = (line: string) => lines.push(JSON.parse(line) as object);
  const pino = createPino({ level: 'info', pretty: false }, { write });
  answeringRequest('request', () => {
    pino.info({ first: true });
    pino.info({ second: true });
  });
  expect(lines.map(({ time, ...line }: { time?: number }) => line)).toEqual([
    { level: 30, requestId: 'request', first: true },
    { level: 30, requestId: 'request', second: true },
  ]);
});
