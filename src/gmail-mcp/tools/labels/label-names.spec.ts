import { describe, expect, it } from '@jest/globals';
import { labelCalled, type LabelDecision, labelIdsOf } from './label-names.js';

const labels = [
  { id: 'INBOX', name: 'INBOX' },
  { id: 'Label_1', name: 'Travel plans' },
  { id: 'Label_2', name: 'travel PLANS' },
  { id: 'Label_3', name: 'Label_1' },
  { id: 'Label_4', name: 'Bills/2026' },
  { id: 'Label_5', name: 'In\u200bvoices' },
];
function found(id: string): LabelDecision {
  return { status: 'found', id };
}

describe('a label', () => {
  it.each<[what: string, called: string, LabelDecision]>([
    ['by its id', 'Label_4', found('Label_4')],
    ['by an id that another one has as its name', 'Label_1', found('Label_1')],
    ['by its name', 'Travel plans', found('Label_1')],
    ['by its name in another case', 'bills/2026', found('Label_4')],
    ["of Gmail's in small letters", 'inbox', found('INBOX')],
    ['by its name as it is seen', 'Invoices', found('Label_5')],
    ['that two are called', 'TRAVEL PLANS', { status: 'ambiguous', ids: ['Label_1', 'Label_2'] }],
    ['that there is not', 'Bills', { status: 'unknown' }],
    ['without a name', '', { status: 'unknown' }],
  ])('%s', (_what, called, decision) => {
    expect(labelCalled(called, labels)).toEqual(decision);
  });
});

describe('the labels of a call', () => {
  let reads = 0;
  const mailbox = {
    listLabels: async () => {
      reads += 1;
      return labels.map((each) => ({ ...each, type: 'user' as const }));
    },
  };

  it('are ids, each once, whatever they were given by', async () => {
    const given = { add: ['Travel plans', 'Label_1'], remove: ['inbox'] };
    expect(await labelIdsOf(given, mailbox)).toEqual({ add: ['Label_1'], remove: ['INBOX'] });
  });

  it('cost nothing where they look like ids', async () => {
    reads = 0;
    const given = { add: ['Label_9', 'STARRED'], remove: ['CATEGORY_UPDATES'] };
    expect(await labelIdsOf(given, mailbox)).toEqual(given);
    expect(reads).toBe(0);
  });

  it.each([
    ['Nowhere', /no label "Nowhere" \(argument "remove"\)/],
    ['TRAVEL PLANS', /Several labels.+Label_1, Label_2/],
  ])('are refused by the argument for %s', async (called, message) => {
    await expect(labelIdsOf({ add: [], remove: [called] }, mailbox)).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      field: 'remove',
      message: expect.stringMatching(message),
    });
  });
});
