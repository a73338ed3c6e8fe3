import { html, type Markup, type Page } from '../../pages/index.js';
import type { ActState } from '../acts/act-state.js';
import type { StoredAct } from '../ledger/stored-act.js';

type Decided = Pick<StoredAct, 'state' | 'outcome' | 'decidedAt' | 'decidedBy' | 'expiresAt'>;

/** What was decided, by whom, and what became of it. */
export function approvalOutcome(decided: Decided): { title: string; content: Markup } {
  const [title, sentence] = outcomes[decided.state](decided);
  return {
    title,
    content: html`<p>${sentence}</p>
      ${decidedLine(decided)}`,
  };
}

const underWay = 'It is being carried out. Load this page again to see what became of it.';

function waits(message: string): string {
  return `It could not be carried out yet, and is tried again for up to a day. The last time: ${message}`;
}

const outcomes: Record<ActState, (decided: Decided) => [title: string, sentence: string]> = {
  // It is shown as decided on only once its time is over.
  held: () => ['Expired', 'Its time was over before anyone decided. Nothing went out.'],
  expired: () => ['Expired', 'Its time was over before anyone decided. Nothing went out.'],
  rejected: () => ['Rejected', 'Nothing went out.'],
  approved: ({ outcome }) => ['Approved', outcome?.status === 'not_sent' ? waits(outcome.message) : underWay],
  intended: () => ['Approved', underWay],
  done: () => ['Approved and done', 'It went out.'],
  not_sent: ({ outcome }) => [
    'Approved, but not done',
    outcome?.status === 'not_sent' ? `Nothing went out. ${outcome.message}` : 'Nothing went out.',
  ],
  unknown: () => [
    'Approved; what became of it is not known',
    'It may have gone out: look among the sent mail before you ask for it again.',
  ],
};

function decidedLine({ decidedAt, decidedBy }: Decided): Markup {
  if (decidedAt === null) return html``;
  return html`<p>Decided ${instantText(decidedAt)} by ${deciderName(decidedBy)}.</p>`;
}

/** @param decidedBy as a row keeps it: `owner:<subject>`, `session:<key>` */
function deciderName(decidedBy: string | null): string {
  const [kind] = (decidedBy ?? '').split(':');
  return kind === 'owner' ? 'the owner of the mailbox' : 'a person who runs this connection';
}

/** An instant for people wherever they are, for a page without scripts does not know their time zone. */
export function instantText(at: Date): string {
  const text = at.toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  return `${text} UTC`;
}

/** Says that a decision was not taken, and why; the act is as it was. */
export function refusedDecisionPage(sentence: string, id: string): Page {
  return {
    title: 'Not decided',
    content: html`<p>${sentence}. Nothing was changed.</p>
      <p><a href="${id}">Look at it again</a></p>`,
    formTargets: null,
  };
}
