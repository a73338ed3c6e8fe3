import { escapeUTF8 } from 'entities';
import type { MessageHead } from '../reading/message-head.js';

/** What is said of a message before it is quoted, as text and as HTML. */
export interface Attribution {
  text: string;
  html: string;
}

/** As Gmail writes it in English. Gmail tells no time zone of its user, and the recipients have others: so UTC, and said. */
const day = new Intl.DateTimeFormat('en-US', {
  ...{ timeZone: 'UTC', weekday: 'short', year: 'numeric', month: 'short', day: 'numeric' },
});
const time = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', hour: 'numeric', minute: '2-digit' });

/** `On Sat, Aug 1, 2026 at 12:00 PM UTC, Ada <ada@x.example> wrote:` */
export function replyAttribution({ date, from }: Pick<MessageHead, 'date' | 'from'>): Attribution {
  const when = date === null ? '' : `On ${writtenTime(date)}, `;
  const text = `${when}${from ?? 'the sender'} wrote:`;
  return { text, html: `<div dir="ltr" class="gmail_attr">${escapeUTF8(text)}<br></div>` };
}

/** The block that Gmail puts before a forwarded mail. */
export function forwardAttribution({ from, date, subject, to, cc }: MessageHead): Attribution {
  const lines = [
    `From: ${from ?? ''}`,
    ...(date === null ? [] : [`Date: ${writtenTime(date)}`]),
    `Subject: ${subject ?? ''}`,
    `To: ${to ?? ''}`,
    ...(cc === null ? [] : [`Cc: ${cc}`]),
  ];
  const all = ['---------- Forwarded message ---------', ...lines];
  return {
    text: all.join('\n'),
    html: `<div dir="ltr" class="gmail_attr">${all.map((line) => `<span dir="auto">${escapeUTF8(line)}</span><br>`).join('')}</div>`,
  };
}

function writtenTime(iso: string): string {
  const date = new Date(iso);
  // What ICU puts before AM and PM is a narrow blank that some fonts do not have.
  return `${day.format(date)} at ${time.format(date)} UTC`.replaceAll(/\s/g, ' ');
}
