/**
 * A window of its own for a consent: opened in the click's handler, since browsers block it later, and sent on then. It
 * keeps its opener, for a browser lets nothing else close it; what it shows is Evergrant's, Google's, and the sign-in of
 * an organisation.
 */
export class ConsentWindow {
  private constructor(private readonly handle: Window) {}

  /** @returns null where the browser opens none */
  static open(): ConsentWindow | null {
    const handle = window.open('', '_blank', `popup,${placement(520, 720)}`);
    if (handle === null) return null;
    return new ConsentWindow(handle);
  }

  goTo(url: string): void {
    this.handle.location.replace(url);
  }

  /**
   * Whether it is gone. Not for certain: where a page isolates itself (Cross-Origin-Opener-Policy), ours loses sight of
   * a window that is still open, so that nothing may be given up for it.
   */
  get seemsClosed(): boolean {
    return this.handle.closed;
  }

  close(): void {
    this.handle.close();
  }
}

function placement(width: number, height: number): string {
  const left = window.screenX + Math.max(0, (window.outerWidth - width) / 2);
  const top = window.screenY + Math.max(0, (window.outerHeight - height) / 2);
  return `width=${width},height=${height},left=${Math.round(left)},top=${Math.round(top)}`;
}
