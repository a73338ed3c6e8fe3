import { z } from 'zod';
import { EvergrantError } from '../../../errors/index.js';
import { composeMail, gmailScopes, unsubscribeHeaders, unsubscribeOffer } from '../../../gmail/index.js';
import type { AskedAct } from '../../acts/gate-answer.js';
import { defineTool, type ToolContext } from '../define-tool.js';
import { gmailId } from '../gmail-id.js';
import { newlySent, outboundInput, sentFields, sentOutput, waitingSentence } from '../writing/sent-answer.js';
import { noWayMessage, unsubscribeWay, type UnsubscribeWay } from './unsubscribe-way.js';

const unsubscribeOutput = sentOutput.extend({
  way: z.enum(['one_click', 'mail']),
  /** What the list's server answered, of which nothing else is told. */
  answered: z.literal('2xx').optional(),
});

export const unsubscribe = defineTool({
  name: 'unsubscribe',
  toolset: 'organize',
  title: 'Unsubscribe',
  description:
    'Leaves the list that a message came from, by one click (RFC 8058) or by the mail that its headers name; only if ' +
    'the user asked for it.',
  inputSchema: z.strictObject({
    messageId: gmailId('message'),
    way: z.enum(['one_click', 'mail']).optional(),
    ...outboundInput,
  }),
  outputSchema: unsubscribeOutput,
  answer: { text: (output) => [sentence(output)] },
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
  // A mail takes gmail.send as well, which is asked for when it leaves.
  scopes: [gmailScopes.metadata],
  recipients: newlySent,
  handler: async ({ messageId, way: wanted, idempotencyKey, dryRun }, context) => {
    const { mailbox, listServers, acts } = context;
    const selection = { format: 'metadata', metadataHeaders: unsubscribeHeaders } as const;
    const message = await mailbox.getMessage(messageId, selection);
    const found = unsubscribeWay(
      unsubscribeOffer(message, (url) => listServers.takes(url)),
      wanted,
    );
    if (found.way === 'none')
      throw new EvergrantError('VALIDATION_FAILED', {
        field: wanted === undefined ? 'messageId' : 'way',
        reason: `unsubscribe_${found.why}`,
        message: noWayMessage(found),
      });
    const answer = await acts.perform(await askedAct(found, context), { idempotencyKey, dryRun });
    const isAnswered = found.way === 'one_click' && answer.status === 'sent';
    return { ...sentFields(answer), way: found.way, ...(isAnswered ? { answered: '2xx' as const } : {}) };
  },
});

async function askedAct(
  found: Exclude<UnsubscribeWay, { way: 'none' }>,
  { instance }: Pick<ToolContext, 'instance'>,
): Promise<AskedAct> {
  const kind = 'unsubscribe';
  if (found.way === 'one_click') {
    const { url } = found;
    return {
      kind,
      recipients: [],
      settings: [
        { name: 'The server of the list', value: new URL(url).host },
        { name: 'Is asked to end the subscription at', value: url },
      ],
      request: { method: 'one_click', url },
    };
  }
  const { address, subject, body } = found.mail;
  const to = [{ name: '', address }];
  return { kind, mail: await composeMail({ from: instance.email, to, cc: [], bcc: [], subject, body }) };
}

function sentence(output: z.output<typeof unsubscribeOutput>): string {
  const { way, status, id } = output;
  const means = way === 'one_click' ? 'asking the server of the list (one click)' : 'a mail to the list';
  if (status !== 'sent') return `${waitingSentence(output, 'sent')} (${means})`;
  const again = output.earlier === true ? ', by an earlier call' : '';
  return way === 'one_click'
    ? `the server of the list was asked to end the subscription, and answered 2xx${again}`
    : `a mail that ends the subscription was sent: message ${id}${again}`;
}
