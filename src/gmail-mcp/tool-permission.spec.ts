import { describe, expect, it } from '@jest/globals';
import { gmailScopes } from '../gmail/index.js';
import { toolsets } from '../instances/index.js';
import { gmailTools } from './tools/index.js';
import { toolDecision, type ToolDecision } from './tool-permission.js';

const full = [gmailScopes.full];
const reads = { toolset: 'core', writes: false, sends: false, scopes: [gmailScopes.readonly] } as const;
const writes = { toolset: 'organize', writes: true, sends: false, scopes: [gmailScopes.modify] } as const;
const destroys = { toolset: 'dangerous', writes: true, sends: false, scopes: full } as const;
const status = { toolset: 'core', writes: false, sends: false, scopes: [] } as const;

type Instance = Parameters<typeof toolDecision>[1];
function instance(change: Partial<Instance> = {}): Instance {
  return { toolsets: ['core'], readOnly: false, scopes: full, ...change };
}
const allButDangerous = toolsets.filter((each) => each !== 'dangerous');

describe('a tool', () => {
  it.each<[string, Parameters<typeof toolDecision>[0], Partial<Instance>, string[] | null, ToolDecision]>([
    ['is there by default in the core', reads, {}, full, 'allowed'],
    ['is not there by default beyond it', writes, {}, full, 'toolset_off'],
    ['is there where its toolset is named', writes, { toolsets: ['organize'] }, full, 'allowed'],
    [
      'of the core is not, where only others are named',
      reads,
      { toolsets: ['organize'] },
      full,
      'toolset_off',
    ],
    ['that asks nothing of Google is there in any case', status, { toolsets: ['drafts'] }, full, 'allowed'],
    [
      'that destroys is not there for all other toolsets',
      destroys,
      { toolsets: allButDangerous },
      full,
      'toolset_off',
    ],
    ['that destroys is there where it is named', destroys, { toolsets: ['dangerous'] }, full, 'allowed'],
    ['that reads is there for read-only', reads, { readOnly: true }, full, 'allowed'],
    [
      'that writes is not, whatever was granted',
      writes,
      { toolsets: ['organize'], readOnly: true },
      full,
      'read_only',
    ],
    ['that is off says so first', writes, { readOnly: true }, full, 'toolset_off'],
    ['needs what the instance asks for', reads, { scopes: [gmailScopes.send] }, full, 'not_asked_for'],
    ['needs what was granted', reads, {}, [gmailScopes.send], 'not_granted'],
    ['needs what a person has allowed the client', reads, { clientScopes: ['gmail:read'] }, full, 'allowed'],
    [
      'is not there for what they have not allowed',
      reads,
      { clientScopes: ['gmail:send'] },
      full,
      'not_authorized',
    ],
    ['that the instance has not got says so first', writes, { clientScopes: [] }, full, 'toolset_off'],
    ['is judged by what is asked for before there is a grant', reads, {}, null, 'allowed'],
  ])('%s', (_what, tool, change, granted, decision) => {
    expect(toolDecision(tool, instance(change), granted)).toBe(decision);
  });
});

it('None that destroys for good, or needs the whole mailbox, is in another toolset than the dangerous', () => {
  const needsAll = gmailTools.filter(({ scopes }) => scopes[0] === gmailScopes.full);
  expect(needsAll.filter(({ toolset }) => toolset !== 'dangerous')).toEqual([]);
});
