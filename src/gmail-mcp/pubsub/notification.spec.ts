import { expect, it } from '@jest/globals';
import { notificationIn } from './notification.js';

function body(published: unknown, encoding: 'base64' | 'base64url' = 'base64'): object {
  const data = Buffer.from(JSON.stringify(published)).toString(encoding);
  return {
    message: { data, messageId: '1', publishTime: '2026-01-01T00:00:00Z' },
    subscription: 'projects/p',
  };
}
const told = { emailAddress: 'Ada@example.com', historyId: '9876' };

it.each([
  ['with its history id as a number, as Gmail writes it', body({ ...told, historyId: 9876 }), told],
  ['with its history id as text', body(told), told],
  [
    'in the alphabet for URLs, as the guide has it',
    body({ ...told, emailAddress: 'ü~~?@x.de' }, 'base64url'),
    {
      ...told,
      emailAddress: 'ü~~?@x.de',
    },
  ],
  ['that says more than it has to', body({ ...told, next: 1 }), told],
])('reads a notification %s', (_how, given, notification) => {
  expect(notificationIn(given)).toEqual(notification);
});

it.each([
  ['nothing', null],
  ['no message', {}],
  ['a message without data', { message: {} }],
  ['data that is no JSON', { message: { data: 'e30x' } }],
  ['data of another kind', body([1])],
  ['no address', body({ historyId: 1 })],
  ['a history id that is none', body({ ...told, historyId: '1; DROP' })],
  ['one below nothing', body({ ...told, historyId: -1 })],
  ['one that is no whole number', body({ ...told, historyId: 1.5 })],
  ['one that no database column holds', body({ ...told, historyId: '9'.repeat(21) })],
  ['an address without an end', body({ ...told, emailAddress: 'a'.repeat(321) })],
  ['data without an end', { message: { data: 'A'.repeat(8_193) } }],
])('finds none in %s', (_what, given) => {
  expect(notificationIn(given)).toBeNull();
});
