import { describe, expect, it } from '@jest/globals';
import { gmailScopes } from '../../gmail/index.js';
import type { Instance } from '../../instances/index.js';
import { listenedUris, updatedUris } from './listened-uris.js';

function instance(change: Partial<Instance> = {}): Instance {
  const scopes = [gmailScopes.readonly];
  const switchedOn = { toolsets: ['core', 'changes'], readOnly: true };
  return { credentialId: 'c', scopes, grantedScopes: scopes, ...switchedOn, ...change } as Instance;
}
const all = ['gmail://mailbox', 'gmail://thread/t', 'gmail://message/m'];

describe('a client listens', () => {
  it.each<[string, unknown[], Partial<Instance>, string[]]>([
    ['to what can be read', all, {}, all],
    ['once to each', ['gmail://mailbox', 'gmail://mailbox'], {}, ['gmail://mailbox']],
    ['not to what there is not', ['gmail://label/a', 'file:///etc/passwd', 7, null, 'gmail://'], {}, []],
    ['to nothing without the toolset', all, { toolsets: ['core'] }, []],
    [
      'to no mail without the right to read it',
      all,
      { scopes: [gmailScopes.metadata], grantedScopes: [gmailScopes.metadata] },
      ['gmail://mailbox'],
    ],
    ['to nothing without a right to changes', all, { scopes: [gmailScopes.send] }, []],
  ])('%s', (_what, uris, change, listened) => {
    expect(listenedUris(uris, instance(change))).toEqual(listened);
  });

  it('to so many at most', () => {
    const many = Array.from({ length: 500 }, (_, index) => `gmail://thread/${index}`);
    expect(listenedUris(many, instance())).toHaveLength(200);
  });
});

describe('a change is told', () => {
  it.each<[string, string[] | null, string[] | null, string[]]>([
    ['for the mailbox whatever it is', [], [], ['gmail://mailbox']],
    ['for the message', ['m'], ['other'], ['gmail://mailbox', 'gmail://message/m']],
    ['for the conversation', ['other'], ['t'], ['gmail://mailbox', 'gmail://thread/t']],
    ['for all, where more have changed than are named', null, null, all],
  ])('%s', (_what, messageIds, threadIds, updated) => {
    expect(updatedUris(all, { messageIds, threadIds })).toEqual(updated);
  });
});
