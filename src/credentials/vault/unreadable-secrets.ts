import { Injectable, Logger } from '@nestjs/common';
import { Counter } from 'prom-client';
import { EvergrantError } from '../../errors/index.js';
import { MetricsRegistry } from '../../metrics/index.js';
import { SealedTextUnreadable } from './sealed-text.js';

const kinds = [
  'access_token',
  'refresh_token',
  'client_secret',
  'data_key',
  'refresh_outcome',
  'outbound_act',
  'upload',
  'webhook',
] as const;
type SecretKind = (typeof kinds)[number];

const reason = 'sealed_secret_unreadable';

/**
 * Raises the alarm over stored secrets that do not open: their row was changed by something else than Evergrant, or
 * their key is gone. That is said of the storage, never of the grant at Google, and so asks for no sign-in.
 */
@Injectable()
export class UnreadableSecrets {
  private readonly logger = new Logger(UnreadableSecrets.name);
  private readonly found: Counter<'secret'>;

  constructor(registry: MetricsRegistry) {
    this.found = new Counter({
      name: 'evergrant_unreadable_secrets_total',
      help: 'Stored secrets that did not open: changed in the database by something else, or their key is gone',
      labelNames: ['secret'],
      registers: [registry],
    });
    for (const secret of kinds) this.found.inc({ secret }, 0);
  }

  /**
   * Opens a secret. The alarm holds where it lies, and nothing of it.
   * @throws EvergrantError `UNKNOWN_ERROR` with the reason `sealed_secret_unreadable`
   */
  async watch<Opened>(secret: SecretKind, place: object, open: () => Promise<Opened>): Promise<Opened> {
    try {
      return await open();
    } catch (cause) {
      if (!(cause instanceof SealedTextUnreadable)) throw cause;
      this.found.inc({ secret });
      this.logger.error({
        msg: 'A stored secret does not open: it was changed in the database, or its key is gone',
        ...{ secret, ...place, problem: cause.message },
      });
      throw new EvergrantError('UNKNOWN_ERROR', {
        reason,
        message: 'A stored secret cannot be opened - the operator has to look into it',
        cause,
      });
    }
  }
}

/** Null instead of a secret that does not open, for those who can go on without it. */
export async function ifReadable<Opened>(opening: Promise<Opened>): Promise<Opened | null> {
  try {
    return await opening;
  } catch (thrown) {
    if (thrown instanceof EvergrantError && thrown.reason === reason) return null;
    throw thrown;
  }
}
