import { describe, expect, it } from '@jest/globals';
import type { UnsubscribeOffer } from '../../../gmail/index.js';
import { noWayMessage, unsubscribeWay, type UnsubscribeWay } from './unsubscribe-way.js';

const url = 'https://news.example/u';
const mail = { address: 'leave@news.example', subject: 'unsubscribe', body: '' };
const click: UnsubscribeOffer['oneClick'] = { status: 'offered', url };
const none: UnsubscribeOffer['oneClick'] = { status: 'none', why: 'not_signed' };

describe('the way out of a list', () => {
  it.each<[string, UnsubscribeOffer, 'one_click' | 'mail' | undefined, UnsubscribeWay]>([
    ['both', { oneClick: click, mail, hasPage: true }, undefined, { way: 'one_click', url }],
    [
      'both, for one who wants a mail',
      { oneClick: click, mail, hasPage: true },
      'mail',
      { way: 'mail', mail },
    ],
    ['a mail alone', { oneClick: none, mail, hasPage: false }, undefined, { way: 'mail', mail }],
    ['a click alone', { oneClick: click, mail: null, hasPage: true }, undefined, { way: 'one_click', url }],
    [
      'a mail alone, for one who wants a click',
      { oneClick: none, mail, hasPage: true },
      'one_click',
      { way: 'none', why: 'not_signed', hasPage: true },
    ],
    [
      'a click alone, for one who wants a mail',
      { oneClick: click, mail: null, hasPage: true },
      'mail',
      { way: 'none', why: 'no_mail', hasPage: true },
    ],
    [
      'a page alone',
      { oneClick: none, mail: null, hasPage: true },
      undefined,
      { way: 'none', why: 'not_signed', hasPage: true },
    ],
  ])('where it offers %s', (_what, offer, wanted, way) => {
    expect(unsubscribeWay(offer, wanted)).toEqual(way);
  });

  it('is told to be none in our words', () => {
    expect(noWayMessage({ way: 'none', why: 'not_offered', hasPage: true })).toMatch(/web page for a person/);
    expect(noWayMessage({ way: 'none', why: 'not_offered', hasPage: false })).not.toMatch(/web page/);
  });
});
