import type { ToolAnswer } from '../scopes/mcp-agent.js';

export function plain(text: string) {
  return { contentType: 'text/plain' as const, text };
}

/** `sent`, `sent earlier`, `created`, `held`, `dry_run ask`, or the error's code with its reason and rules. */
export function told({ isError, error, structured }: ToolAnswer): string {
  const { status, decision, earlier, created } = structured;
  const said = isError
    ? [error.errorCode, error.reason, ...((error.rules as string[] | undefined) ?? [])]
    : [status ?? (created === true ? 'created' : 'there already'), decision, earlier && 'earlier'];
  return said
    .filter((each) => each !== undefined)
    .map(String)
    .join(' ');
}
