import { afterAll, beforeAll, describe, it } from '@jest/globals';
import fc from 'fast-check';
import { deeds } from './commands.js';
import type { ProviderKind } from './mailbox.js';
import { ModelStage } from './model-stage.js';

/** `MODEL_RUNS` asks for more lives than CI has the time for, `MODEL_SEED` for those of an earlier run. */
const runs = Number(process.env.MODEL_RUNS ?? 1_000);
const seed = process.env.MODEL_SEED === undefined ? {} : { seed: Number(process.env.MODEL_SEED) };
const limit =
  process.env.MODEL_RUNS === undefined
    ? { interruptAfterTimeLimit: 12_000, markInterruptAsFailure: false }
    : {};
const longestLife = 20;

const providers = fc.constantFrom<ProviderKind>('google', 'rotating', 'rotating-and-silent');

let stage: ModelStage;
beforeAll(async () => void (stage = await ModelStage.start()), 60_000);
afterAll(() => stage.stop());

describe('a credential, whatever happens to it and in whatever order,', () => {
  it('never gets an old refresh token back, never asks a person for nothing, and lives as long as its grant', async () => {
    const life = fc.commands(deeds, { maxCommands: longestLife, size: 'max' });
    await fc.assert(
      fc.asyncProperty(providers, life, (provider, commands) =>
        stage.live(provider, async (mailbox, model) => {
          await fc.asyncModelRun(() => ({ model, real: { mailbox, app: stage.app } }), commands);
        }),
      ),
      { numRuns: runs, ...seed, ...limit },
    );
  }, 3_600_000);
});
