import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ConfigurationError } from '../../config/index.js';
import { rows } from '../../database/index.js';
import { IdentityOptions } from '../identity-options.js';
import {
  comparableWho,
  namedTenant,
  signInDecision,
  type SignInAccount,
  type SignInDecision,
  type SignInRules,
  type SignInWish,
} from './sign-in-rules.js';

/** Who may sign in, and to which tenant: `SIGN_IN_DOMAINS` and `SIGN_IN_EMAILS`, read at the start. */
@Injectable()
export class SignInAdmission implements OnModuleInit {
  private rules: SignInRules = { domains: new Map(), emails: new Map(), everyone: null };

  constructor(
    private readonly dataSource: DataSource,
    @Inject(IdentityOptions) private readonly options: IdentityOptions,
  ) {}

  /** @throws ConfigurationError naming the variable that names a tenant which is not there */
  async onModuleInit(): Promise<void> {
    const { domains, emails, everyone } = this.options.signIn;
    if (domains.length === 0 && emails.length === 0 && !everyone) return;
    const tenants = await rows<{ id: string; name: string }>(this.dataSource, 'SELECT id, name FROM tenants');
    const byName = new Map(tenants.flatMap(({ id, name }) => [[name, id] as const, [id, id] as const]));
    this.rules = {
      domains: tenantsByWho('SIGN_IN_DOMAINS', domains, byName),
      emails: tenantsByWho('SIGN_IN_EMAILS', emails, byName),
      everyone: everyone ? (byName.get('default') ?? null) : null,
    };
  }

  decide(account: SignInAccount): SignInDecision {
    return signInDecision(this.rules, account);
  }

  /** Whether an entry still names a person of the tenant, whom a sign-in found good. */
  stillNames({ tenantId, email }: { tenantId: string; email: string }): boolean {
    return namedTenant(this.rules, email)?.tenantId === tenantId;
  }
}

function tenantsByWho(
  variable: string,
  wishes: readonly SignInWish[],
  tenants: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  return new Map(
    wishes.map(({ who, tenant }) => {
      const key = comparableWho(who);
      const tenantId = tenants.get(tenant ?? 'default');
      if (key === null) throw new ConfigurationError(variable, 'holds an entry that names no one');
      if (tenantId === undefined) throw new ConfigurationError(variable, 'names a tenant that is not there');
      return [key, tenantId];
    }),
  );
}
