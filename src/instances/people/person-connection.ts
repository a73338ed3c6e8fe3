import { Injectable } from '@nestjs/common';
import type { RequestSource } from '../../audit/index.js';
import type { Person } from '../../identity/index.js';
import { InstanceConnector } from '../connection/instance-connector.js';
import { isNamedBy } from '../connection/required-account.js';
import type { Instance } from '../directory/instance.js';
import { Instances } from '../directory/instances.js';
import type { Identity, PersonCourse } from './person-ending.js';
import { PersonInstances } from './person-instances.js';
import type { PersonFlow } from './person-sign-in-states.js';

/** Connects a person's mailbox by what a consent gave. */
@Injectable()
export class PersonConnection {
  constructor(
    private readonly personInstances: PersonInstances,
    private readonly instances: Instances,
    private readonly connector: InstanceConnector,
  ) {}

  async connect(
    person: Person,
    { provider, instanceId, scopes, oauthClientId, consentForced }: PersonFlow,
    { account, tokens, granted }: Identity & { granted: readonly string[] },
    source: RequestSource,
  ): Promise<PersonCourse> {
    const { subject, email } = account;
    const instance =
      instanceId === null
        ? await this.personInstances.of(person, { provider, subject, email }, scopes, source)
        : await this.instances.get(person.tenantId, instanceId);
    const connection = { reached: 'connection', instanceId: instance.id, email, consentForced } as const;
    if (!mayBecome(instance, account)) return { ...connection, outcome: 'account_mismatch' };
    const grant = { event: 'consent', oauthClientId, provider, subject, email, tokens } as const;
    const outcome = await this.connector.connect(instance, { ...grant, grantedScopes: granted });
    if (outcome === 'connected') await this.personInstances.widen(instance, scopes);
    return { ...connection, outcome };
  }
}

/** One that was never connected was made for an account already. */
function mayBecome(
  { credentialId, loginHint }: Instance,
  account: { subject: string; email: string },
): boolean {
  return credentialId !== null || loginHint === null || isNamedBy(loginHint, account);
}
