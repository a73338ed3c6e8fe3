import { Writable } from 'node:stream';
import { createPino, PinoLogger } from '../../src/logging/index.js';

type Level = Parameters<typeof createPino>[0]['level'];

/** A logger as the product's, whose lines are kept instead of printed. */
export function captureLog(level: Level): { logger: PinoLogger; lines: string[] } {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  return { logger: new PinoLogger(createPino({ level, pretty: false }, stream)), lines };
}

export function silentLogger(): PinoLogger {
  return new PinoLogger(createPino({ level: 'silent', pretty: false }));
}
