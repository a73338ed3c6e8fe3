import type { ServerContext } from '@modelcontextprotocol/server';
import type { ReportProgress } from '../calls/tool-run.js';

/**
 * Sends `notifications/progress` for a call whose client asked for them with a token; for others, nothing. Where the
 * answer is one JSON body, the SDK leaves them out.
 */
export function progressOf({ _meta, notify }: ServerContext['mcpReq']): ReportProgress {
  const progressToken = _meta?.progressToken;
  if (progressToken === undefined) return () => undefined;
  return (progress, total) => {
    // To a client that has hung up there is nothing to tell; its call is aborted by other means.
    notify({ method: 'notifications/progress', params: { progressToken, progress, total } }).catch(
      () => undefined,
    );
  };
}
