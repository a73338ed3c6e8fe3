import type { Resource } from '@modelcontextprotocol/server';
import { mayWatch } from '../calls/tools-of-instance.js';
import { mailboxName } from '../naming/mailbox-name.js';
import { mailboxResource } from '../resources/mail-resources.js';
import type { OpenedInstance } from '../tool-permission.js';
import { mailboxArgument } from './listed-tools.js';
import { chosenMailbox } from './mailbox-choice.js';

/** A resource as its mailbox knows it, and the mailbox that the URI names with `?mailbox=`, as the templates do. */
export function resourceIn(uri: string): { path: string; mailbox: string | undefined } {
  // No id of Gmail's holds a question mark.
  const [path = '', query] = uri.split('?', 2);
  return { path, mailbox: new URLSearchParams(query).get(mailboxArgument) ?? undefined };
}

/** The mailboxes that can be listened to, each as a resource under the URI that names it. */
export function mailboxResources(instances: readonly OpenedInstance[]): Resource[] {
  return instances.filter(mayWatch).map((instance) => {
    const isNamedByAddress =
      instance.email !== null && chosenMailbox(instances, instance.email, false).status === 'one';
    const name = isNamedByAddress ? instance.email : instance.id;
    return {
      ...mailboxResource,
      uri: `${mailboxResource.uri}?${mailboxArgument}=${encodeURIComponent(name ?? '')}`,
      title: `Mailbox ${mailboxName(instance)}`,
    };
  });
}
