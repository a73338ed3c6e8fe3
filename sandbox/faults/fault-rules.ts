import { randomUUID } from 'node:crypto';
import type { Fault, FaultRule, FaultTarget, RequestFacts } from './fault.js';

export type ActiveFault = FaultRule & { id: string; hits: number };

function waits(fault: Fault): boolean {
  return fault.kind === 'delay' || fault.kind === 'hold';
}

function applies(rule: FaultRule, target: FaultTarget, facts: RequestFacts): boolean {
  const { path, grantType, clientId, account } = rule.match;
  return (
    rule.target === target &&
    (path === undefined || facts.path.startsWith(path)) &&
    (grantType === undefined || facts.grantType === grantType) &&
    (clientId === undefined || facts.clientId === clientId) &&
    (account === undefined || facts.account === account)
  );
}

/** The faults in force, in the order in which they were added. */
export class FaultRules {
  private rules: ActiveFault[] = [];

  add(rule: FaultRule): ActiveFault {
    const active = { ...rule, id: randomUUID(), hits: 0 };
    this.rules.push(active);
    return active;
  }

  list(): readonly ActiveFault[] {
    return this.rules;
  }

  /** Clears one fault, or all of them. */
  clear(id?: string): void {
    this.rules = id === undefined ? [] : this.rules.filter((rule) => rule.id !== id);
  }

  /** Takes every fault that makes this request wait; they add up. */
  takeWaits(target: FaultTarget, facts: RequestFacts): Fault[] {
    return this.rules
      .filter((rule) => waits(rule.fault) && applies(rule, target, facts))
      .map((rule) => this.take(rule));
  }

  /** Takes the first fault that changes what this request is answered. */
  takeAnswer(
    target: FaultTarget,
    facts: RequestFacts,
    suits: (fault: Fault) => boolean = () => true,
  ): Fault | undefined {
    const rule = this.rules.find(
      ({ fault, ...rest }) => !waits(fault) && suits(fault) && applies({ fault, ...rest }, target, facts),
    );
    return rule && this.take(rule);
  }

  private take(rule: ActiveFault): Fault {
    rule.hits += 1;
    if (rule.times !== undefined && rule.hits >= rule.times) this.clear(rule.id);
    return rule.fault;
  }
}
