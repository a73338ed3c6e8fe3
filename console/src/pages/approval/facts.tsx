import type { ReactNode } from 'react';
import type { Approval } from '../../approvals/approval-queries.js';
import { InstanceName } from '../../instances/instance-name.js';
import { FactList } from '../../shell/fact-list.js';
import { ShownText } from '../../text/shown-text.js';
import { When } from '../../text/when.js';
import { words } from '../../words.js';

const { facts, deciders } = words.approvals;

/** Whose it is, who asked, until when it can be decided, or by whom it was. */
export function Facts({ approval }: { approval: Approval }) {
  const { mailbox, instanceId, requester, createdAt, expiresAt, decidedAt, decidedBy, status } = approval;
  const told: [string, ReactNode][] = [
    [facts.mailbox, mailbox === null ? facts.noMailbox : <ShownText key="mailbox" text={mailbox} />],
    [facts.instance, <InstanceName key="instance" id={instanceId} isLink />],
    ...requesterFacts(requester),
    [facts.askedAt, <When key="asked" at={createdAt} />],
  ];
  if (status === 'pending') told.push([facts.until, <When key="until" at={expiresAt} />]);
  if (decidedAt !== null) told.push([facts.decidedAt, <When key="decided" at={decidedAt} />]);
  if (decidedBy !== null) told.push([facts.decidedBy, deciderName(decidedBy)]);
  return <FactList facts={told} />;
}

/** A client of a person calls itself as it likes; only a host that vouches for it says more. */
function requesterFacts({ client, mcpToken, person }: Approval['requester']): [string, ReactNode][] {
  const name = client === null ? (mcpToken?.name ?? null) : client.name;
  const told: [string, ReactNode][] = [
    [facts.askedBy, name === null ? facts.someClient : <ShownText key="client" text={name} />],
  ];
  if (client !== null)
    told.push([
      facts.vouchedBy,
      client.verifiedHost === null ? facts.unverified : <ShownText key="host" text={client.verifiedHost} />,
    ]);
  if (person !== null)
    told.push([
      facts.onBehalfOf,
      person.email === null ? facts.goneOne : <ShownText key="person" text={person.email} />,
    ]);
  return told;
}

/** @param decidedBy such as `owner:<subject>` or `session:<key>` */
function deciderName(decidedBy: string): string {
  const [kind = ''] = decidedBy.split(':');
  return deciders[kind] ?? deciders.other;
}
