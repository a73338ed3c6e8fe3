import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { TenantDatabase } from '../../database/index.js';
import { ActSeal, ActUnreadable, type ActPlace } from '../acts/act-seal.js';
import type { ActMessage, OutboundRequest } from '../acts/outbound-act.js';
import { ActBytes } from './act-bytes.js';
import type { ActReading } from './act-contents.js';
import type { StoredAct } from './stored-act.js';

type Place = Pick<StoredAct, 'id' | 'tenantId'>;

// What was sealed here is what was written here: the seal vouches for its fields.
const sealedObject = z.record(z.string(), z.unknown());

/** What acts say, which may be as much as 35 MB of mail: read from their rows only where it is needed. */
@Injectable()
export class ActTexts {
  constructor(
    private readonly database: TenantDatabase,
    private readonly seal: ActSeal,
    private readonly bytes: ActBytes,
  ) {}

  /** Null for an act of which none is kept. @throws ActUnreadable */
  async reading(act: Place): Promise<ActReading | null> {
    const reading = (await this.opened(act, 'reading')) as ActReading | null;
    if (reading !== null && 'message' in reading.act) fillIn(reading.act);
    return reading;
  }

  /**
   * Reads what a person reads of an act, null where it does not open, and counts it while something is made of it.
   * @throws EvergrantError `SERVICE_UNAVAILABLE` where too much is in memory
   */
  withReading<Made>(
    act: Pick<StoredAct, 'id' | 'tenantId' | 'readingBytes'>,
    make: (reading: ActReading | null) => Made,
  ): Promise<Made> {
    return this.bytes.within(act.tenantId, act.readingBytes, async () =>
      make(await this.reading(act).catch(nullIfUnreadable)),
    );
  }

  /** Null for an act that has ended. @throws ActUnreadable */
  async request(act: Place): Promise<OutboundRequest | null> {
    return (await this.opened(act, 'request')) as OutboundRequest | null;
  }

  private async opened({ id: actId, tenantId }: Place, field: ActPlace['field']): Promise<unknown> {
    const [row] = await this.database.rows<{ sealed: string | null }>(
      tenantId,
      `SELECT ${field} AS sealed FROM outbound_acts WHERE tenant_id = $1 AND id = $2`,
      [tenantId, actId],
    );
    if (row === undefined || row.sealed === null) return null;
    const text = await this.seal.open({ tenantId, actId, field }, row.sealed);
    if (text === null) throw new ActUnreadable();
    return sealedObject.parse(JSON.parse(text));
  }
}

function nullIfUnreadable(thrown: unknown): null {
  if (thrown instanceof ActUnreadable) return null;
  throw thrown;
}

/** What an older version did not tell of a mail. */
const untold = { replyTo: [], inReplyTo: null, language: null, headers: [] };

function fillIn(act: { message: ActMessage }): void {
  act.message = { ...untold, ...act.message };
}
