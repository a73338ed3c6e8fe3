import { describe, expect, it } from '@jest/globals';
import { filterResource } from './filter-resource.js';

const none = { addLabelIds: [], removeLabelIds: [] };

describe('a filter', () => {
  it('has what was given and nothing else', () => {
    const action = { addLabelIds: ['Label_1'], removeLabelIds: ['INBOX'] };
    expect(filterResource({ from: 'a@b.example', largerThanBytes: 5 }, action)).toEqual({
      criteria: { from: 'a@b.example', size: 5, sizeComparison: 'larger' },
      action,
    });
    expect(filterResource({ smallerThanBytes: 5 }, { ...none, addLabelIds: ['X'] })).toEqual({
      criteria: { size: 5, sizeComparison: 'smaller' },
      action: { addLabelIds: ['X'] },
    });
  });
});
