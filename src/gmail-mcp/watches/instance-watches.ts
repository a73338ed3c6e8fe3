import type { WatchMode } from './watch-schedule.js';

/** How a mailbox is watched. */
export interface KnownWatch {
  mode: WatchMode;
  labelIds: string[];
  /** Up to where changes are known. */
  historyId: string;
  /** When Gmail's notifications end unless they are renewed; null without them. */
  expiresAt: Date | null;
  isNew: boolean;
}

/** The watch of one instance's mailbox. */
export interface InstanceWatches {
  /** Begins to watch, or goes on with other labels; changes that were not told yet stay to be told. */
  start(labelIds: readonly string[]): Promise<KnownWatch>;
  /** @returns whether the mailbox was watched */
  stop(): Promise<boolean>;
}
