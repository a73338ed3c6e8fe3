/** Seals secrets of webhooks with their tenant's data key; the composition binds it to the vault, which is not known here. */
export abstract class WebhookSeal {
  /** Makes sure that sealing needs no second connection within a transaction. */
  abstract prepare(tenantId: string): Promise<void>;

  abstract seal(place: WebhookPlace, secret: string): Promise<string>;

  /** Null, after the alarm, for what was not sealed for this webhook, or whose key is gone. */
  abstract open(place: WebhookPlace, sealed: string): Promise<string | null>;
}

export interface WebhookPlace {
  tenantId: string;
  webhookId: string;
}
