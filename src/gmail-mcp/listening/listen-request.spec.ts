import { describe, expect, it } from '@jest/globals';
import type { Change } from '../../database/index.js';
import { isOfAdmission, listeningTo, listensToResources } from './listen-request.js';

function asked(notifications: unknown) {
  return { id: 1, method: 'subscriptions/listen', params: { notifications } };
}

describe('a request to listen', () => {
  it.each<[string, unknown, boolean]>([
    ['for resources', asked({ resourceSubscriptions: ['a:b'] }), true],
    ['for lists only', asked({ toolsListChanged: true }), false],
    ['for resources that are none', asked({ resourceSubscriptions: 'a:b' }), false],
    ['for nothing', asked(null), false],
    ['without parameters', { method: 'subscriptions/listen' }, false],
    ['of another method', { ...asked({ resourceSubscriptions: [] }), method: 'tools/call' }, false],
    ['in an array', [asked({ resourceSubscriptions: [] })], false],
    ['that is nothing', null, false],
  ])('%s is told', (_what, body, listens) => {
    expect(listensToResources(body)).toBe(listens);
  });

  it('is narrowed without a change of the rest', () => {
    const body = asked({ resourceSubscriptions: ['a:b', 'c:d'], toolsListChanged: true });
    if (!listensToResources(body)) throw new Error('It listens');
    expect(listeningTo(body, ['c:d'])).toEqual(
      asked({ resourceSubscriptions: ['c:d'], toolsListChanged: true }),
    );
    expect(body.params.notifications).toEqual({
      resourceSubscriptions: ['a:b', 'c:d'],
      toolsListChanged: true,
    });
  });
});

describe('who may listen is looked at again', () => {
  const listener = { tenantId: 't', instanceIds: ['i', 'j'], callerIds: ['k', 'p'] };
  const none = { instanceId: null, credentialId: null, callerId: null, watchedInstanceId: null };
  it.each<[string, Partial<Change>, boolean]>([
    ['with its token', { callerId: 'k' }, true],
    ['with the person whose token it is', { callerId: 'p' }, true],
    ['not with another token', { callerId: 'other' }, false],
    ['with a change of its instance', { instanceId: 'i' }, true],
    ['with a change of one of its instances', { instanceId: 'j' }, true],
    ['not with one of another', { instanceId: 'other' }, false],
    ['with its tenant', {}, true],
    ['not with another tenant', { tenantId: 'other' }, false],
    ['not with a refresh of its grant', { credentialId: 'c' }, false],
    ['not with what it listens to', { watchedInstanceId: 'i' }, false],
  ])('%s', (_when, change, ends) => {
    const position = { transactionId: '1', id: '1', atSeconds: 0 };
    expect(isOfAdmission({ position, tenantId: 't', kind: 'updated', ...none, ...change }, listener)).toBe(
      ends,
    );
  });
});
