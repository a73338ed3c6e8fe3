import { coversScope } from '../gmail/index.js';
import { googleScopesOf, type PersonScope } from '../instances/index.js';
import type { GmailTool } from './tools/index.js';

type Judged = Pick<GmailTool, 'sends' | 'writes' | 'scopes'>;

/** Of each list one is needed; none at all for a tool that asks nothing of Google. */
type NeededScopes = readonly (readonly PersonScope[])[];

/**
 * What a client must have been allowed to use a tool. Google's scopes alone do not say it: `gmail.modify`, which filing
 * needs, reads and sends as well, and none of that was allowed with it. A list without a scope: no client is allowed it.
 */
function personScopesOfTool(tool: Judged): NeededScopes {
  if (tool.scopes.length === 0) return [];
  if (!tool.sends) return [serving(tool, tool.writes ? changing : reading)];
  const sendsByItself = serving(tool, ['gmail:send']).length > 0;
  return sendsByItself
    ? [['gmail:send']]
    : [['gmail:send'], serving(tool, ['gmail:read', 'gmail:write']).slice(0, 1)];
}

const reading = ['gmail:read', 'gmail:settings'] as const;
/** An upload is for drafts and for mail that is sent. */
const changing = ['gmail:write', 'gmail:send', 'gmail:settings'] as const;

function serving({ scopes }: Judged, candidates: readonly PersonScope[]): PersonScope[] {
  return candidates.filter((each) => scopes.some((scope) => coversScope(googleScopesOf([each]), scope)));
}

/** Those that a client lacks for a tool, one of each list; null where it lacks one that no client is allowed. */
export function lackingScopes(tool: Judged, allowed: readonly PersonScope[]): PersonScope[] | null {
  const lacking = personScopesOfTool(tool).filter((oneOf) => !oneOf.some((each) => allowed.includes(each)));
  const first = lacking.flatMap((oneOf) => oneOf.slice(0, 1));
  return first.length === lacking.length ? first : null;
}
