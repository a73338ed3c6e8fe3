import {
  recipientAddress,
  recipientPattern,
  type RecipientAddress,
  type RecipientPattern,
} from '../../identity/index.js';

const dotlessDomains = new Set(['gmail.com', 'googlemail.com']);

/**
 * A list of addresses and domains of a policy. Matches bare addresses without regard to case, and domains by their form
 * in ASCII.
 */
export class RecipientList {
  private readonly exact = new Set<string>();
  private readonly mailboxes = new Set<string>();
  private readonly domains = new Set<string>();
  private readonly trees = new Set<string>();

  constructor(entries: readonly string[]) {
    for (const entry of entries) {
      const pattern = recipientPattern(entry);
      if (pattern) this.add(pattern);
    }
  }

  /** Whether an entry means exactly this address or its domain: `ada+x@…` is not `ada@…`. For lists that permit. */
  permits(address: string): boolean {
    const recipient = recipientAddress(address);
    return recipient !== null && (this.exact.has(textOf(recipient)) || this.coversDomain(recipient.domain));
  }

  /**
   * Whether an entry means this address or another that ends in the same mailbox: `ada+x@…` is `ada@…`, and at Gmail
   * `a.da@…` too. For lists that forbid.
   */
  forbids(address: string): boolean {
    const recipient = recipientAddress(address);
    if (recipient === null) return false;
    const mailboxes = [textOf(recipient), mailboxOf(recipient), mailboxOf(recipient, { withTag: false })];
    return mailboxes.some((mailbox) => this.mailboxes.has(mailbox)) || this.coversDomain(recipient.domain);
  }

  private add(pattern: RecipientPattern): void {
    if (pattern.kind === 'domain') this.domains.add(pattern.domain);
    else if (pattern.kind === 'domain-tree') this.trees.add(pattern.domain);
    else {
      this.exact.add(textOf(pattern));
      this.mailboxes.add(mailboxOf(pattern));
    }
  }

  private coversDomain(domain: string): boolean {
    if (this.domains.has(domain)) return true;
    if (this.trees.size === 0) return false;
    const labels = domain.split('.');
    return labels.some((_, first) => this.trees.has(labels.slice(first).join('.')));
  }
}

function textOf({ local, domain }: RecipientAddress): string {
  return `${local}@${domain}`;
}

/** The address that others of the same mailbox come down to. */
function mailboxOf({ local, domain }: RecipientAddress, { withTag } = { withTag: true }): string {
  const plus = local.indexOf('+');
  const [name, tag] = plus < 1 ? [local, ''] : [local.slice(0, plus), local.slice(plus)];
  const isGmail = dotlessDomains.has(domain);
  const mailbox = isGmail ? name.replaceAll('.', '') : name;
  return `${mailbox}${withTag ? tag : ''}@${isGmail ? 'gmail.com' : domain}`;
}
