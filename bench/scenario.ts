/** A figure beside its ceiling: the best that it could be, measured in the same run on the same machine. */
export interface Measurement {
  name: string;
  unit: string;
  figure: number;
  ceiling: number;
  /** What is told of the two: figure less ceiling for a cost, figure by ceiling for a share. */
  compare: 'difference' | 'ratio';
  /** What it should come to, in words: nothing fails when it does not. */
  aim?: string;
}

export interface ScenarioResult {
  measurements: Measurement[];
  /** What else has to be known to believe the figures. */
  facts: Record<string, number | string>;
}

export interface Scenario {
  name: string;
  /** What is measured, beside what. */
  about: string;
  /**
   * Measures for about so many seconds, and leaves nothing running.
   * Throws when what it was to measure did not happen; never because it took long.
   */
  run: (seconds: number) => Promise<ScenarioResult>;
}
