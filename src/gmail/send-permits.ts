/** Leave to send one mail, counted from the moment it is reserved. */
export interface SendPermit {
  /** Takes the mail out of the count, for it provably did not leave. Never rejects. */
  giveBack(): Promise<void>;
}

/** Who says whether mail may leave a mailbox. Asked before each mail; what is counted, and how, is not known here. */
export interface SendPermits {
  /**
   * Reserves a permit for a mail to so many recipients.
   * @throws EvergrantError when the mail may not leave
   */
  reserve(recipients: number): Promise<SendPermit>;
}
