import { describe, expect, it } from '@jest/globals';
import { secretHash } from '../../identity/index.js';
import type { ConsentOutcome } from './consent-outcome.js';
import { openedLink, type OpenedLink, type ToldFlow } from './told-flows.js';

const own = 'the secret of this browser';

function flow(changes: Partial<ToldFlow>): ToldFlow {
  return {
    ...{ id: 'f', tenantId: 't', instanceId: 'i', provider: 'google', oauthClientId: null, returnTo: null },
    ...{
      consentForced: false,
      requiredAccount: null,
      handle: 'handle',
      outcome: null,
      tenantName: 'Tenant',
      instanceName: 'Box',
    },
    ...{ scopes: [], expectedAccount: null, isReconnect: false, browserHash: null, isExpired: false },
    ...changes,
  };
}

const connected: ConsentOutcome = { connected: 'i', email: 'ann@example.com' };
const denied: ConsentOutcome = { error: 'access_denied' };
const begun = { browserHash: secretHash(own) };

describe('a connect link', () => {
  it.each<[string, ToldFlow | null, string | undefined, OpenedLink['status']]>([
    ['that is unknown is over', null, own, 'over'],
    ['that is not spent shows its button', flow({}), undefined, 'unspent'],
    ['that is too old is over', flow({ isExpired: true }), own, 'over'],
    ['goes on in the browser that spent it', flow(begun), own, 'begun'],
    ['goes on there after it did not end well', flow({ ...begun, outcome: denied }), own, 'begun'],
    ['tells there that the mailbox is connected', flow({ ...begun, outcome: connected }), own, 'connected'],
    ['is over there too when its time is up', flow({ ...begun, isExpired: true }), own, 'over'],
    ['is over in another browser', flow(begun), 'another secret', 'over'],
    ['is over in a browser without the cookie', flow(begun), undefined, 'over'],
    ['tells another browser no success', flow({ ...begun, outcome: connected }), undefined, 'over'],
  ])('%s', (_case, given, secret, status) => {
    expect(openedLink(given, secret).status).toBe(status);
  });
});
