import { Logger } from '@nestjs/common';
import { LineBudget } from '../../logging/index.js';

/** Any client can send any name, so they are no more than a person reads. */
const linesPerMinute = 20;
const windowMs = 60_000;
/** RFC 1035 section 2.3.4, with a port. */
const longestHost = 260;

/** Tells the operator which names clients use that are not allowed: mostly one that was forgotten. */
export class RefusedHosts {
  private readonly logger = new Logger(RefusedHosts.name);
  private readonly budget = new LineBudget(linesPerMinute);
  private readonly told = new Set<string | null>();
  private forgetAtMs = -Infinity;

  constructor(private readonly nowMs: () => number = () => performance.now()) {}

  /** Once a minute for each name, so that a client that tries again and again hides no other. */
  log(refused: string): void {
    const nowMs = this.nowMs();
    if (nowMs >= this.forgetAtMs) {
      this.told.clear();
      this.forgetAtMs = nowMs + windowMs;
    }
    const host = readableHost(refused);
    if (this.told.has(host)) return;
    const { admitted, omitted } = this.budget.take(nowMs);
    if (!admitted) return;
    this.told.add(host);
    this.logger.warn({
      msg: 'Host name refused; if it is yours, add it to MCP_ALLOWED_HOSTS or set PUBLIC_URL',
      host,
      ...(omitted > 0 ? { omitted } : {}),
    });
  }
}

/** A host as a name with a port may be written; what else was sent is not repeated. */
function readableHost(host: string): string | null {
  return host.length <= longestHost && /^[\w.:[\]-]+$/.test(host) ? host.toLowerCase() : null;
}
