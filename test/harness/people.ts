import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import { finishConsent, postForm, type ConsentChoice } from '../../sandbox/index.js';
import type { TestApp } from './test-app.js';

/** A Google account that no other test touches. */
export async function newPerson(app: TestApp): Promise<string> {
  const email = `person-${randomUUID()}@sandbox.test`;
  await app.google.addAccount({ email });
  return email;
}

/** A browser at some page of a consent. */
export interface Browser {
  location: string;
  cookie: string;
}

/** A browser at the page on which its consent ended. */
export async function ended({ location, cookie }: Browser, choice: ConsentChoice = {}): Promise<Browser> {
  return { location: await finishConsent({ location, cookie }, choice), cookie };
}

/** What the page says, as a reader sees it. */
export async function read({ location, cookie }: Browser): Promise<string> {
  const page = await fetch(location, { headers: { cookie } });
  expect(page.headers.get('content-type')).toContain('text/html');
  return (await page.text())
    .replace(/<style>.*<\/style>/s, '')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/\s+/g, ' ');
}

/** Presses the button of an ending. */
export async function tryAgain({ location, cookie }: Browser): Promise<Browser> {
  const page = await fetch(location, { headers: { cookie } });
  const [, action = ''] = /<form method="post" action="([^"]+)">/.exec(await page.text()) ?? [];
  expect(action).not.toBe('');
  return { location: (await postForm(new URL(action, location).href, cookie)).location, cookie };
}
