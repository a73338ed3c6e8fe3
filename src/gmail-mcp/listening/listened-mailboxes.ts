import type { MailboxChange } from '../../instances/index.js';
import { type EndpointCaller, isPersonCaller } from '../guards/mcp-request.js';
import { chosenMailbox } from '../mailboxes/mailbox-choice.js';
import { resourceIn } from '../mailboxes/resource-uris.js';
import type { OpenedInstance } from '../tool-permission.js';
import { listenedUris, mostUris, updatedUris } from './listened-uris.js';

/** What of a mailbox is listened to: its resources, by the URIs under which the client knows them. */
export interface ListenedMailbox {
  readonly instanceId: string;
  readonly uris: ReadonlyMap<string, string>;
}

/**
 * What of these URIs is told of when it changes, by mailbox. One that names a mailbox which is not the caller's, or none
 * where there are several, is left out like one that names nothing.
 */
export function listenedMailboxes(asked: readonly unknown[], caller: EndpointCaller): ListenedMailbox[] {
  const texts = [...new Set(asked)].filter((uri) => typeof uri === 'string');
  if (isPersonCaller(caller)) return ofPerson(texts.slice(0, mostUris), caller.instances);
  return narrowed(
    caller.instance,
    texts.map((uri) => [uri, uri]),
  );
}

/** Those of its URIs that a change is an update of. */
export function updatedIn({ uris }: ListenedMailbox, change: MailboxChange): string[] {
  const updated = new Set(updatedUris([...uris.values()], change));
  return [...uris].filter(([, own]) => updated.has(own)).map(([uri]) => uri);
}

function ofPerson(uris: readonly string[], instances: readonly OpenedInstance[]): ListenedMailbox[] {
  const named = uris.map((uri) => {
    const { path, mailbox } = resourceIn(uri);
    return { uri, path, choice: chosenMailbox(instances, mailbox, false) };
  });
  return instances.flatMap((instance) => {
    const its = named.filter(({ choice }) => choice.status === 'one' && choice.mailbox === instance);
    return narrowed(
      instance,
      its.map(({ uri, path }) => [uri, path]),
    );
  });
}

/** To what of it can be read there; nothing of a mailbox of which nothing can. */
function narrowed(instance: OpenedInstance, uris: readonly [string, string][]): ListenedMailbox[] {
  const told = new Set(
    listenedUris(
      uris.map(([, own]) => own),
      instance,
    ),
  );
  const kept = uris.filter(([, own]) => told.has(own));
  return kept.length === 0 ? [] : [{ instanceId: instance.id, uris: new Map(kept) }];
}
