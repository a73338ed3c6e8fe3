import type { Logger } from '@nestjs/common';
import { expect, it } from '@jest/globals';
import { ErrorLines } from './error-lines.js';
import { EvergrantError } from './evergrant-error.js';

/** What is logged of errors that come at these instants. */
function logged(code: 'UNAUTHENTICATED' | 'SERVICE_UNAVAILABLE', instantsMs: number[]): object[] {
  const lines: object[] = [];
  const logger = { log: (line: object) => lines.push(line), error: (line: object) => lines.push(line) };
  let nowMs = 0;
  const errors = new ErrorLines(logger as unknown as Logger, 'Request failed', () => nowMs);
  for (nowMs of instantsMs) errors.write(new EvergrantError(code));
  return lines;
}

const flood = Array.from({ length: 1000 }, (_, n) => n);

it('a flood that callers alone are the cause of fills no log, and is counted', () => {
  const lines = logged('UNAUTHENTICATED', [...flood, 60_000]);
  expect(lines).toHaveLength(602);
  expect(lines[600]).toEqual({
    msg: 'Errors left out of the log',
    errorCode: 'UNAUTHENTICATED',
    omitted: 400,
  });
});

it("what is the operator's business is never left out", () => {
  expect(logged('SERVICE_UNAVAILABLE', flood)).toHaveLength(1000);
});
