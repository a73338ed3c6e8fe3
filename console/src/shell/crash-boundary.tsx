import { Component, type ReactNode } from 'react';
import { ErrorNote } from './error-note.js';

/** Keeps a fault of one page from taking the whole console away. */
export class CrashBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return <ErrorNote error={error} again={() => location.reload()} />;
  }
}
