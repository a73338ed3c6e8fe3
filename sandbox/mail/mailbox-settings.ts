/** `SendAs` of the Gmail API. */
export interface SendAs {
  sendAsEmail: string;
  displayName: string;
  replyToAddress: string;
  signature: string;
  isPrimary?: true;
  isDefault?: boolean;
  treatAsAlias?: boolean;
  /** Only of an address other than the mailbox's own. */
  verificationStatus?: 'accepted' | 'pending';
}

/** `ForwardingAddress` of the Gmail API. */
export interface ForwardingAddress {
  forwardingEmail: string;
  verificationStatus: 'accepted' | 'pending';
}

/** `VacationSettings` of the Gmail API. */
export interface Vacation {
  enableAutoReply: boolean;
  responseSubject?: string | undefined;
  responseBodyPlainText?: string | undefined;
  responseBodyHtml?: string | undefined;
  restrictToContacts: boolean;
  restrictToDomain: boolean;
  /** Milliseconds since the epoch, as a decimal string; as `endTime`. */
  startTime?: string | undefined;
  endTime?: string | undefined;
}

/** `AutoForwarding` of the Gmail API. */
export interface AutoForwarding {
  enabled: boolean;
  emailAddress?: string | undefined;
  disposition?: 'leaveInInbox' | 'archive' | 'trash' | 'markRead' | undefined;
}

/** `Filter` of the Gmail API. */
export interface Filter {
  id: string;
  criteria: object;
  action: {
    addLabelIds?: string[] | undefined;
    removeLabelIds?: string[] | undefined;
    forward?: string | undefined;
  };
}

/** What the owner of one mailbox has set. */
export class MailboxSettings {
  vacation: Vacation = { enableAutoReply: false, restrictToContacts: false, restrictToDomain: false };
  autoForwarding: AutoForwarding = { enabled: false };
  sendAs: readonly SendAs[];
  forwardingAddresses: readonly ForwardingAddress[] = [];
  filters: readonly Filter[] = [];
  readonly delegates: readonly { delegateEmail: string; verificationStatus: string }[] = [];
  readonly imap = { enabled: false, autoExpunge: true, expungeBehavior: 'archive', maxFolderSize: 0 };
  readonly pop = { accessWindow: 'disabled', disposition: 'leaveInInbox' };
  readonly language = { displayLanguage: 'en' };

  constructor(email: string) {
    const primary = {
      displayName: '',
      replyToAddress: '',
      signature: '',
      isPrimary: true,
      isDefault: true,
    } as const;
    this.sendAs = [{ sendAsEmail: email, ...primary }];
  }

  /** Whether mail may leave with this address as its sender. */
  maySendAs(address: string): boolean {
    const sender = this.sendAs.find(({ sendAsEmail }) => sendAsEmail === address.toLowerCase());
    return sender !== undefined && sender.verificationStatus !== 'pending';
  }

  /** Whether mail may be forwarded to this address. */
  mayForwardTo(address: string): boolean {
    return this.forwardingAddresses.some(
      ({ forwardingEmail, verificationStatus }) =>
        forwardingEmail === address.toLowerCase() && verificationStatus === 'accepted',
    );
  }
}
