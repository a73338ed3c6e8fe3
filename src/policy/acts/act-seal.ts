/** Which text of an act. */
export interface ActPlace {
  tenantId: string;
  actId: string;
  field: 'reading' | 'request';
}

/** Seals what acts say with their tenant's data key; the composition binds it to the vault, which is not known here. */
export abstract class ActSeal {
  /** Makes sure that sealing needs no second connection within a transaction. */
  abstract prepare(tenantId: string): Promise<void>;

  abstract seal(place: ActPlace, text: string): Promise<string>;

  /** Null, after the alarm, for what was not sealed for this place, or whose key is gone. */
  abstract open(place: ActPlace, sealed: string): Promise<string | null>;
}

/** A text of an act does not open, and will not another time. */
export class ActUnreadable extends Error {
  override readonly name = 'ActUnreadable';

  constructor() {
    super('The sealed text of an outbound act does not open');
  }
}
