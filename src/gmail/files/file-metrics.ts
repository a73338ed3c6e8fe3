import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { MetricsRegistry } from '../../metrics/index.js';
import { type UnreadableReason, unreadableReasons } from '../archives/unreadable.js';

/** What became of an attached file that was to be read. */
type FileOutcome = 'read' | UnreadableReason;

/** How often attached files are read, and why others are not. */
@Injectable()
export class FileMetrics {
  private readonly files: Counter<'outcome'>;

  constructor(registry: MetricsRegistry) {
    this.files = new Counter({
      name: 'evergrant_attachment_texts_total',
      help: 'Attached files that were to be read, by what became of it',
      labelNames: ['outcome'],
      registers: [registry],
    });
    for (const outcome of ['read', ...unreadableReasons]) this.files.inc({ outcome }, 0);
  }

  ended(outcome: FileOutcome): void {
    this.files.inc({ outcome });
  }
}
