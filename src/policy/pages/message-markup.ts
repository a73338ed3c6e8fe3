import { html, type Markup } from '../../pages/index.js';
import type { ActMessage } from '../acts/outbound-act.js';
import { fileList } from './file-list.js';
import { htmlMarkup } from './html-markup.js';
import { recipientLists } from './recipient-lists.js';
import { shownAddress } from './shown-address.js';
import { hidesSomething, shownText } from './shown-text.js';

/** A message, word for word. */
export function messageMarkup(message: ActMessage, newAddresses: ReadonlySet<string>): Markup {
  const { from, to, cc, bcc, subject, text, html: htmlPart, files } = message;
  const sender = from === null ? html`the mailbox’s own address` : shownAddress(from);
  const lists = [
    { heading: 'To', recipients: to },
    { heading: 'Cc', recipients: cc },
    { heading: 'Bcc, hidden from the others', recipients: bcc },
  ];
  return html`<h2>From</h2>
    <p>${sender}</p>
    ${answersTo(message)} ${recipientLists(lists, newAddresses)}
    <h2>Subject</h2>
    <p dir="auto"><bdi>${subject === '' ? '(none)' : shownText(subject)}</bdi></p>
    <h2>Text</h2>
    ${text === '' ? html`<p>(none)</p>` : html`<pre dir="auto">${shownText(text)}</pre>`}
    ${
      hidesSomething(subject + text)
        ? html`<p>Marked like <mark>[U+202E]</mark> are characters that would not be seen.</p>`
        : html``
    }
    ${htmlPart === null ? html`` : htmlMarkup(htmlPart, text)} ${fileList(files)} ${surroundings(message)}`;
}

/** Answers that go elsewhere are how a conversation is led away from its people. */
function answersTo({ replyTo }: ActMessage): Markup {
  if (replyTo.length === 0) return html``;
  return html`<h2>Answers go to (Reply-To)</h2>
    <ul>
      ${replyTo.map((each) => html`<li><mark>${shownAddress(each)}</mark></li>`)}
    </ul>`;
}

/** To which conversation it belongs, and what else stands in its headers. */
function surroundings({ threadId, inReplyTo, language, headers }: ActMessage): Markup {
  const answered = inReplyTo === null ? html`` : html` It answers <bdi>${shownText(inReplyTo)}</bdi>.`;
  const further = headers.map(
    ({ name, value }) => html`<li><bdi>${shownText(`${name}: ${value}`)}</bdi></li>`,
  );
  return html`<h2>Conversation</h2>
    <p>
      ${threadId === null ? 'It begins a new conversation.' : 'It goes into a conversation of this mailbox.'}${answered}
    </p>
    ${language === null ? html`` : html`<p>It says to be written in <bdi>${shownText(language)}</bdi>.</p>`}
    ${
      further.length === 0
        ? html``
        : html`<h2>Further headers</h2>
            <ul>
              ${further}
            </ul>`
    }`;
}
