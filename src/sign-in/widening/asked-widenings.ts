import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  PersonWidenings,
  SignedInBrowsers,
  type SignedInBrowser,
  type Widening,
} from '../../identity/index.js';
import {
  ConnectedMailboxes,
  knownPersonScopes,
  servesScopes,
  type ConnectedMailbox,
  type PersonScope,
} from '../../instances/index.js';

/** What a client asks a person for by a link, as the person's browser is shown it. */
export interface AskedWidening extends Widening {
  ticket: string;
  browser: SignedInBrowser;
  /** What the client has. */
  held: PersonScope[];
  /** What it lacks still. */
  lacking: PersonScope[];
  /** Those that the client may use. */
  mailboxes: ConnectedMailbox[];
}

export type FoundWidening =
  | { status: 'asked'; asked: AskedWidening }
  /** No one is signed in in this browser. */
  | { status: 'signed_out' }
  /** Nothing for who is signed in: it is unknown, ended, or another person's. */
  | { status: 'none'; browser: SignedInBrowser };

/** Finds what links ask for. To all but the person whose client it is, there is nothing behind one. */
@Injectable()
export class AskedWidenings {
  constructor(
    private readonly browsers: SignedInBrowsers,
    private readonly widenings: PersonWidenings,
    private readonly mailboxes: ConnectedMailboxes,
  ) {}

  async of(request: FastifyRequest, ticket: string): Promise<FoundWidening> {
    const browser = await this.browsers.of(request);
    if (browser === null) return { status: 'signed_out' };
    const found = await this.widenings.find(ticket);
    if (found === null || !isTheirs(found, browser)) return { status: 'none', browser };
    const { instanceIds, scopes } = found.authorization;
    const connected = await this.mailboxes.of(browser.person);
    const held = knownPersonScopes(scopes);
    return {
      status: 'asked',
      asked: {
        ...{ ...found, ticket, browser, held },
        lacking: knownPersonScopes(found.scopes).filter((scope) => !held.includes(scope)),
        mailboxes: connected.filter(({ instanceId }) => instanceIds?.includes(instanceId) !== false),
      },
    };
  }
}

function isTheirs({ authorization }: Widening, { person }: SignedInBrowser): boolean {
  return authorization.tenantId === person.tenantId && authorization.personId === person.id;
}

/** The mailbox that Google has to be asked for, so that these scopes are of use in it; null for none. */
export function mailboxToWiden(
  { mailboxes, instanceId, held }: Pick<AskedWidening, 'mailboxes' | 'instanceId' | 'held'>,
  scopes: readonly PersonScope[],
): ConnectedMailbox | null {
  const narrow = mailboxes.filter((each) => !servesScopes(each, [...held, ...scopes]));
  return narrow.find((each) => each.instanceId === instanceId) ?? narrow[0] ?? null;
}
