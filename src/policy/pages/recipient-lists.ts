import { html, type Markup } from '../../pages/index.js';
import type { ActAddress } from '../acts/outbound-act.js';
import { shownAddress } from './shown-address.js';

/** As many are read without opening a list. */
const shownAtOnce = 10;

export interface RecipientList {
  /** Such as `To`. */
  heading: string;
  recipients: readonly ActAddress[];
}

/** Every recipient: those that are new to the mailbox first and marked, what is many behind a summary that counts them. */
export function recipientLists(lists: readonly RecipientList[], newAddresses: ReadonlySet<string>): Markup {
  const isNew = ({ address }: ActAddress) => newAddresses.has(address);
  const filled = lists.filter(({ recipients }) => recipients.length > 0);
  if (filled.length === 0) return html`<p>There is no recipient.</p>`;
  const total = filled.reduce((sum, { recipients }) => sum + recipients.length, 0);
  const fresh = filled.reduce((sum, { recipients }) => sum + recipients.filter(isNew).length, 0);
  return html`<p>
      ${counted(total, 'recipient')}${fresh === 0 ? '' : html`, <mark>${String(fresh)} new to this mailbox</mark>`}.
    </p>
    ${filled.map(({ heading, recipients }) => {
      const ordered = [...recipients.filter(isNew), ...recipients.filter((one) => !isNew(one))];
      return oneList(heading, ordered, isNew);
    })}`;
}

function oneList(
  heading: string,
  recipients: readonly ActAddress[],
  isNew: (recipient: ActAddress) => boolean,
): Markup {
  const items = recipients.map(
    (each) => html`<li>${shownAddress(each)}${isNew(each) ? html` <mark>new</mark>` : html``}</li>`,
  );
  const [first, rest] = [items.slice(0, shownAtOnce), items.slice(shownAtOnce)];
  const more =
    rest.length === 0
      ? html``
      : html`<details>
          <summary>${heading}: ${String(rest.length)} more</summary>
          <ul>
            ${rest}
          </ul>
        </details>`;
  return html`<h2>${heading}</h2>
    <ul>
      ${first}
    </ul>
    ${more}`;
}

export function counted(number: number, noun: string): string {
  return number === 1 ? `One ${noun}` : `${String(number)} ${noun}s`;
}
