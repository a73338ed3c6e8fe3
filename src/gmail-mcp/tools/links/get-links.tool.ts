import { z } from 'zod';
import { EvergrantError } from '../../../errors/index.js';
import {
  attachedFile,
  charsWithin,
  type GmailMessage,
  gmailScopes,
  type MessageLink,
  partAsMessage,
} from '../../../gmail/index.js';
import { answerRoom, defaultPageChars } from '../answer-budget.js';
import { filledPage } from '../answers/filled-page.js';
import { defineTool, type ToolContext } from '../define-tool.js';
import { gmailId } from '../gmail-id.js';
import { untrustedContent, untrustedContentNotice } from '../untrusted-content.js';
import { linksText } from './links-text.js';

/** So much of an answer one URL may take, by `tokenEstimate`: no browser opens one that is longer. */
const mostTokensOfUrl = 6_000;

export const getLinks = defineTool({
  name: 'get_links',
  toolset: 'core',
  title: 'Get links',
  description:
    'Gives the whole URLs of links that a message shows shortened, as "[host/… link 7]" or, on the same host again, ' +
    '"[link 8]"; of all links if linkIds is left out.',
  inputSchema: z.strictObject({
    messageId: gmailId('message'),
    partId: z.string().max(200).optional(),
    linkIds: z.array(z.int().min(1)).min(1).max(100).optional(),
    fromLinkId: z.int().min(1).default(1),
  }),
  outputSchema: z.object({
    notice: untrustedContent,
    links: z.array(
      z.object({
        id: z.int(),
        url: z.string(),
        urlCut: z.boolean().optional().describe('It is too long to be given'),
        host: z.string().nullable().describe('Where it leads'),
        text: z.string().nullable().describe('What is clicked'),
      }),
    ),
    totalLinks: z.int(),
    nextLinkId: z.int().optional(),
  }),
  answer: {
    text: linksText,
    lean: z.object({ totalLinks: z.int(), nextLinkId: z.int().optional() }),
  },
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.readonly],
  handler: async ({ messageId, partId, linkIds, fromLinkId }, context) => {
    const message = await context.mailbox.getMessage(messageId, { format: 'full' });
    const links =
      partId === undefined
        ? (await context.reader.read(message)).body.links
        : await linksOfPart(message, partId, context);
    const asked = (linkIds === undefined ? links : chosen(links, linkIds)).filter(
      ({ id }) => id >= fromLinkId,
    );
    const { items, done } = await filledPage(asked, answerRoom(defaultPageChars), async (some) =>
      some.map((link) => ({ ...link, ...givenUrl(link.url) })),
    );
    const next = asked[done];
    return {
      ...{ notice: untrustedContentNotice, links: items, totalLinks: links.length },
      ...(next !== undefined && { nextLinkId: next.id }),
    };
  },
});

/** Of its text as get_attachment shows it, or get_message where that shows none; of a text file both show the same. */
async function linksOfPart(
  message: GmailMessage,
  partId: string,
  { mailbox, reader, files }: ToolContext,
): Promise<readonly MessageLink[]> {
  if (attachedFile(message, partId).claims !== 'other') {
    const reading = await files.read(message, partId);
    if ('links' in reading) return reading.links;
  }
  const read = partAsMessage(message, partId);
  await mailbox.completeText(read);
  return (await reader.read(read)).body.links;
}

/** In their order, each once. */
function chosen(links: readonly MessageLink[], ids: readonly number[]): MessageLink[] {
  const unknown = ids.find((id) => id > links.length);
  if (unknown === undefined) return links.filter(({ id }) => ids.includes(id));
  throw new EvergrantError('VALIDATION_FAILED', {
    field: 'linkIds',
    message: `There is no link ${unknown}: this ${links.length === 0 ? 'text has none' : `text has links 1 to ${links.length}`}. If a part was shown, give its partId`,
  });
}

function givenUrl(url: string): { url: string; urlCut?: true } {
  const chars = charsWithin(url, mostTokensOfUrl);
  return chars < url.length ? { url: url.slice(0, chars), urlCut: true } : { url };
}
