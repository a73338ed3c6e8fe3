import { describe, expect, it } from '@jest/globals';
import { gmailTools } from '../tools/index.js';
import { namingTools, plainName, prefixedName, toolCalled } from './tool-names.js';

const work = { toolPrefix: 'work' };
const none = { toolPrefix: null };

it.each([
  [none, 'get_message', 'get_message'],
  [work, 'work_get_message', 'get_message'],
  [work, 'get_message', undefined],
  [work, 'home_get_message', undefined],
  [work, 'workget_message', undefined],
  [work, 'work_work_get_message', undefined],
  [none, 'work_get_message', undefined],
  [{ toolPrefix: 'get' }, 'get_message', undefined],
  [{ toolPrefix: 'get' }, 'get_get_message', 'get_message'],
])('with %j, %s calls %s', (instance, called, tool) => {
  expect(toolCalled(instance, called)?.name).toBe(tool);
});

it('gives back the name that it was made of', () => {
  for (const { name } of gmailTools) expect(plainName(work, prefixedName(work, name))).toBe(name);
});

it('makes no name longer than model providers take, with the longest prefix', () => {
  const names = gmailTools.map(({ name }) => prefixedName({ toolPrefix: 'sixteen_letters_' }, name));
  expect(Math.max(...names.map(({ length }) => length))).toBeLessThanOrEqual(64);
});

describe('texts that speak of tools', () => {
  it('name them as they are called', () => {
    const text = 'Find them with search_messages, read one with get_message and many with get_messages.';
    expect(namingTools(work, { text: [text] })).toEqual({
      text: [
        'Find them with work_search_messages, read one with work_get_message and many with work_get_messages.',
      ],
    });
  });

  it('stay as they are without a prefix', () => {
    expect(namingTools(none, 'get_message')).toBe('get_message');
  });

  it('are changed in their values, never in their keys, and nothing else is', () => {
    const value = { get_message: 'my_get_message', count: 3, none: null, is: true };
    expect(namingTools(work, value)).toEqual(value);
  });
});
