import { html, type Markup, type Page } from '../../pages/index.js';
import { approvalStatus, newAddresses, type Approval } from '../approvals/approval.js';
import { actNames, reasonForPerson } from '../rules/policy-reasons.js';
import { approvalOutcome, instantText } from './approval-outcome.js';
import { messageMarkup } from './message-markup.js';
import { requesterEntries } from './requester-markup.js';
import { settingMarkup } from './setting-markup.js';
import { shownText } from './shown-text.js';

/** What the forms of the page are made of. */
export interface ApprovalForms {
  /** Shows that the form came from this page, as this viewer was given it. */
  formToken: string;
  /** The owner's address, who may end their session here; null for others, whose session the console ends. */
  signedInAs: string | null;
}

/** A held act, word for word, with the buttons that decide on it, or with what was decided. */
export function approvalPage(approval: Approval, { formToken, signedInAs }: ApprovalForms): Page {
  const { stored } = approval;
  const isPending = approvalStatus(stored) === 'pending';
  return {
    title: isPending
      ? `Let this go out? ${capitalised(actNames[stored.kind])}`
      : approvalOutcome(stored).title,
    content: html`${isPending ? askedBy(approval) : approvalOutcome(stored).content} ${about(approval)}
      ${contentOf(approval)} ${isPending ? decisionForm(approval, formToken) : html``}
      ${signedInAs === null ? html`` : signOutForm(stored.id, signedInAs)}
      <p>${isPending ? 'Nothing goes out before you approve it.' : 'It cannot be decided on again.'}</p>`,
    formTargets: [],
  };
}

function askedBy({ surroundings: { mailbox } }: Approval): Markup {
  const from =
    mailbox === null ? html`this mailbox` : html`<bdi><strong>${shownText(mailbox)}</strong></bdi>`;
  return html`<p>
    An assistant wants to do this in the name of ${from}. Its words, names and files may have been chosen by
    others: approve only what you would send yourself.
  </p>`;
}

function about(approval: Approval): Markup {
  const { stored, reasons, surroundings } = approval;
  const { tenantName, instanceName, mailbox } = surroundings;
  const entries: [string, Markup][] = [
    ['Kind', html`${capitalised(actNames[stored.kind])}`],
    ['Mailbox', mailbox === null ? html`not connected any more` : html`<bdi>${shownText(mailbox)}</bdi>`],
    ['Connection', connectionName(instanceName, tenantName)],
    ...requesterEntries(approval),
    ['Asked at', html`${instantText(stored.createdAt)}`],
    ...(approvalStatus(stored) === 'pending'
      ? [['To be decided before', html`${instantText(stored.expiresAt)}`] satisfies [string, Markup]]
      : []),
  ];
  return html`<dl>
      ${entries.map(
        ([term, told]) =>
          html`<dt>${term}</dt>
            <dd>${told}</dd>`,
      )}
    </dl>
    ${reasons.length === 0 ? html`` : html`<h2>Why a person has to decide</h2>`}
    <ul>
      ${reasons.map((reason) => html`<li><bdi>${shownText(reasonForPerson(reason))}</bdi></li>`)}
    </ul>`;
}

/** The tenant that a deployment for one starts with tells a person nothing. */
function connectionName(instanceName: string, tenantName: string): Markup {
  const named = html`<bdi>${shownText(instanceName)}</bdi>`;
  return tenantName === 'default' ? named : html`${named} of <bdi>${shownText(tenantName)}</bdi>`;
}

function contentOf(approval: Approval): Markup {
  const { act } = approval;
  const fresh = newAddresses(approval);
  if (act === null)
    return html`<p>
      <mark>What it says cannot be read from the database any more.</mark> It can only be rejected, and asked
      for again.
    </p>`;
  return 'message' in act ? messageMarkup(act.message, fresh) : settingMarkup(act, fresh);
}

function decisionForm({ stored: { contentDigest }, act }: Approval, formToken: string): Markup {
  return html`<form method="post">
    <input type="hidden" name="contentDigest" value="${contentDigest}" />
    <input type="hidden" name="formToken" value="${formToken}" />
    <div class="choice">
      <button type="submit" name="decision" value="reject" class="other">Reject</button>
      ${act === null ? html`` : html`<button type="submit" name="decision" value="approve">Approve</button>`}
    </div>
  </form>`;
}

function signOutForm(id: string, email: string): Markup {
  return html`<form method="post" action="${id}/sign-out">
    <p>You are signed in as <bdi>${shownText(email)}</bdi>.</p>
    <button type="submit" class="other">Sign out</button>
  </form>`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
