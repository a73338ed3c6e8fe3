import { Page } from '../../shell/page.js';
import { words } from '../../words.js';

/** Mailboxes, and how they are. */
export default function MailboxesPage() {
  return <Page title={words.mailboxes.title}>{null}</Page>;
}
