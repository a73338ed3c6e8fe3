import type { FastifyReply } from 'fastify';
import { renderedPage, type Page } from './page.js';

/** Answers with a page, in the headers it needs. */
export async function showPage(reply: FastifyReply, status: number, page: Page): Promise<void> {
  const { headers, body } = renderedPage(page);
  await reply.headers(headers).status(status).send(body);
}
