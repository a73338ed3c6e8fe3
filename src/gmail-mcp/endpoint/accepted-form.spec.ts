import { describe, expect, it } from '@jest/globals';
import { acceptedForm } from './accepted-form.js';

describe('a client whose Accept is', () => {
  it.each([
    ['application/json, text/event-stream', 'stream'],
    ['text/event-stream', 'stream'],
    ['Text/Event-Stream;charset=utf-8 , */*;q=0.1', 'stream'],
    ['text/*', 'stream'],
    ['application/json', 'json'],
    ['application/json; charset=utf-8', 'json'],
    ['application/*', 'json'],
    ['*/*', 'json'],
    ['', 'json'],
    [undefined, 'json'],
    ['text/html, */*;q=0.8', 'json'],
    ['application/json, text/event-stream;q=0', 'json'],
    ['application/json, text/event-stream; q=0.0', 'json'],
    ['text/html', null],
    ['application/json;q=0', null],
    ['constructor', null],
  ])('%j is answered in the form %s', (accept, form) => {
    expect(acceptedForm(accept)).toBe(form);
  });
});
