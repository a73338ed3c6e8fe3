import { html, type Markup } from '../../pages/index.js';
import type { SettingAct } from '../acts/outbound-act.js';
import { recipientLists } from './recipient-lists.js';
import { shownText } from './shown-text.js';

/** What is set, and to whom mail goes then by itself. */
export function settingMarkup(
  { recipients, settings }: Pick<SettingAct, 'recipients' | 'settings'>,
  newAddresses: ReadonlySet<string>,
): Markup {
  const addresses = recipients.map((address) => ({ name: '', address }));
  const lists = [{ heading: 'Mail will go, without being asked again, to', recipients: addresses }];
  return html`${addresses.length === 0 ? html`` : recipientLists(lists, newAddresses)}
  ${settings.map(
    ({ name, value }) =>
      html`<h2>${shownText(name)}</h2>
        <pre dir="auto">${shownText(value)}</pre>`,
  )}`;
}
