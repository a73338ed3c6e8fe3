import type { z } from 'zod';
import { type Fence, field, type Line } from '../answers/fence.js';
import { messageLine } from '../reading/message-text.js';
import type { threadPreview } from './thread-preview.js';

/** A conversation in a list, as text. */
export function previewText(preview: z.output<typeof threadPreview>, fence: Fence): Line[] {
  const { threadId, subject, participants, messages, messagesNotShown } = preview;
  const counts = [
    `${preview.totalMessages} messages`,
    `${preview.unreadMessages} unread`,
    `${preview.matchedMessages} matched`,
    ...(messagesNotShown > 0 ? [`${messagesNotShown} not shown`] : []),
  ];
  const others = preview.totalParticipants - participants.length;
  // One alone is named as the sender of what is shown.
  const named = participants.length > 1 ? participants : [];
  return [
    fence.own(`thread ${threadId}: ${counts.join(', ')}`),
    field('Subject', subject),
    field('Participants', [...named, ...(others > 0 ? [`${others} more`] : [])].join(', ')),
    ...messages.flatMap(({ id, date, from, snippet, matched }) => [
      fence.own(`${messageLine({ id, date })}${matched ? ', matched' : ''}`),
      field('From', from),
      field('Snippet', snippet),
    ]),
  ];
}
