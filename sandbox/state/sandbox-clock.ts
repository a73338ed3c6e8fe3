import type { SandboxState } from './sandbox-state.js';

/** The wall clock that all expiry in the sandbox reads; a test may move it forward. */
export class SandboxClock {
  constructor(private readonly state: SandboxState) {}

  nowMs(): number {
    return Date.now() + this.state.data.clockOffsetMs;
  }

  nowIso(): string {
    return new Date(this.nowMs()).toISOString();
  }

  advance(seconds: number): void {
    this.state.data.clockOffsetMs += seconds * 1000;
    this.state.save();
  }
}
