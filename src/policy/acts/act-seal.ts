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

  /** @throws EvergrantError `UNKNOWN_ERROR`, after the alarm, for what was not sealed for this place */
  abstract open(place: ActPlace, sealed: string): Promise<string>;
}
