import fc from 'fast-check';
import type { TestApp } from '../harness/test-app.js';
import type { CredentialModel } from './credential-model.js';
import type { Mailbox } from './mailbox.js';

export interface System {
  mailbox: Mailbox;
  app: TestApp;
}

type Command = fc.AsyncCommand<CredentialModel, System>;

interface Deed {
  name: string;
  /** Whether it can happen now; always without. */
  when?: (model: Readonly<CredentialModel>) => boolean;
  act: (system: System, model: CredentialModel) => Promise<unknown>;
}

function command({ name, when = () => true, act }: Deed): Command {
  return {
    check: (model) => when(model),
    run: (model, system) => system.mailbox.step(name, () => act(system, model)),
    toString: () => name,
  };
}

function connected(model: Readonly<CredentialModel>) {
  return model.connected;
}

function blocked({ underWay, blockedSeconds }: Readonly<CredentialModel>) {
  return underWay > 0 || blockedSeconds > 0;
}

function quiet(model: Readonly<CredentialModel>) {
  return model.connected && !blocked(model);
}

const replica = fc.constantFrom(0, 1);

/** A call made while something is under way may have to wait for it, so the command does not wait for the call. */
async function atOnceOrLater(
  { mailbox }: System,
  model: CredentialModel,
  act: () => Promise<unknown>,
): Promise<void> {
  if (blocked(model)) mailbox.begin('asked meanwhile', act);
  else await act();
}

const usual: fc.Arbitrary<Command>[] = [
  replica.map((n) =>
    command({
      name: `asked by replica ${n}`,
      when: connected,
      act: (system, model) => atOnceOrLater(system, model, () => system.mailbox.accessToken(n)),
    }),
  ),
  replica.map((n) =>
    command({
      name: `forced by replica ${n}`,
      when: connected,
      act: (system, model) => atOnceOrLater(system, model, () => system.mailbox.forcedRefresh(n)),
    }),
  ),
  replica.map((n) =>
    command({
      name: `token rejected, says replica ${n}`,
      when: connected,
      act: (system, model) => atOnceOrLater(system, model, () => system.mailbox.rejectToken(n)),
    }),
  ),
  replica.map((n) =>
    command({
      name: `refresh of replica ${n} held at the provider`,
      when: quiet,
      act: ({ mailbox }) => mailbox.beginHeld('refresh_token', () => mailbox.forcedRefresh(n)),
    }),
  ),
  fc.constant(
    command({
      name: 'consent held at the provider',
      when: (model) => connected(model) && !model.outage && !model.consentUnderWay,
      act: ({ mailbox }) => mailbox.beginHeld('authorization_code', () => mailbox.consent()),
    }),
  ),
  fc.constant(
    command({
      name: 'released',
      when: ({ underWay, blockedSeconds }) => underWay > 0 && blockedSeconds === 0,
      act: ({ mailbox }) => mailbox.releaseAll(),
    }),
  ),
  fc.constant(command({ name: 'consent', act: ({ mailbox }) => mailbox.consent() })),
  fc.constant(command({ name: 'holder crashes', when: quiet, act: ({ mailbox }) => mailbox.crash() })),
  fc.constant(
    command({ name: 'next answer lost', when: quiet, act: ({ mailbox }) => mailbox.loseNextAnswer() }),
  ),
  fc.boolean().map((on) =>
    command({
      name: on ? 'outage' : 'outage over',
      when: ({ outage }) => outage !== on,
      act: ({ mailbox }) => mailbox.setOutage(on),
    }),
  ),
  fc.boolean().map((on) =>
    command({
      name: on ? 'spike of dead grants, held' : 'spike over',
      when: (model) => model.spike !== on && (!on || quiet(model)),
      act: ({ mailbox }) => mailbox.setSpike(on),
    }),
  ),
  // While the spike lasts the suspects of others would keep up the hold.
  fc.constant(
    command({
      name: 'holds are reviewed',
      when: ({ spike }) => !spike,
      act: ({ mailbox }) => mailbox.reviewHolds(),
    }),
  ),
  fc.constantFrom('none', 'rotate', 'rotate-and-revoke-family').map((rotation) =>
    command({
      name: `rotation: ${rotation}`,
      when: ({ mayRotate }) => mayRotate,
      act: ({ app }) => app.google.configure({ rotation }),
    }),
  ),
  fc.constant(command({ name: 'unrelated update', act: ({ mailbox }) => mailbox.updateUnrelated() })),
  fc
    .constantFrom(10, 31, 61, 3_600)
    .map((seconds) => command({ name: `${seconds} s pass`, act: ({ mailbox }) => mailbox.pass(seconds) })),
];

/** Rare, because a credential that has ended has little left to test. */
const ending: fc.Arbitrary<Command>[] = [
  fc.constant(command({ name: 'disconnect', when: quiet, act: ({ mailbox }) => mailbox.disconnect() })),
  fc.constant(command({ name: 'revoked by the person', act: ({ mailbox }) => mailbox.revokeAtProvider() })),
];

/** What can happen to a credential. */
export const deeds = [...usual, ...usual, ...ending];
