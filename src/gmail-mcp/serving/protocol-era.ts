import {
  CLIENT_CAPABILITIES_META_KEY,
  classifyInboundRequest,
  isSpecType,
  SUPPORTED_PROTOCOL_VERSIONS,
} from '@modelcontextprotocol/server';
import { LRUCache } from 'lru-cache';
import { takesUrls } from '../elicitation/url-to-ask.js';

/** `modern` is revision 2026-07-28, `legacy` are those before. */
export type Era = 'modern' | 'legacy';

/** What of a request for a tool says in which era it is; its name, arguments and id do not. */
export interface EraClaim {
  /** The `MCP-Protocol-Version` header. */
  version: string | undefined;
  /** The `Mcp-Method` header. */
  mcpMethod: string | undefined;
  meta: unknown;
}

export interface EraVerdict {
  era: Era;
  /** Whether the client can be asked to have a person open a URL. */
  takesUrls: boolean;
}

const modernRevision = '2026-07-28';
const protocolPrefix = 'io.modelcontextprotocol/';
const envelope = ['protocolVersion', 'clientInfo', 'clientCapabilities'].map((key) => protocolPrefix + key);
const knownMetaKeys = { modern: new Set(envelope), legacy: new Set<string>() } as const;
const legacyRevisions: ReadonlySet<string> = new Set(SUPPORTED_PROTOCOL_VERSIONS);

/** A client sends the same claim with each of its calls, and there are few clients. */
const claimsRemembered = 500;
const longestRemembered = 2_000;
const known = new LRUCache<string, { verdict: EraVerdict | null }>({ max: claimsRemembered });

/**
 * The era by the SDK's own verdict on a plain call of a tool with this claim; null if it would refuse it, and for a
 * claim that asks for more. To judge one takes the SDK seven schemas, so verdicts are remembered.
 */
export function eraOf(claim: EraClaim): EraVerdict | null {
  const { version = 0, mcpMethod = 0, meta } = claim;
  const key = JSON.stringify(meta === undefined ? [version, mcpMethod] : [version, mcpMethod, meta]);
  // JSON writes null for numbers beyond its range as well.
  if (key.length > longestRemembered || key.includes('null')) return judged(claim);
  let found = known.get(key);
  if (found === undefined) known.set(key, (found = { verdict: judged(claim) }));
  return found.verdict;
}

/** The same, not remembered. */
export function judged({ version, mcpMethod, meta }: EraClaim): EraVerdict | null {
  const params = { name: 'tool', ...(meta !== undefined && { _meta: meta }) };
  const body: unknown = { jsonrpc: '2.0', id: 1, method: 'tools/call', params };
  if (!isSpecType.CallToolRequest(body)) return null;
  const route = classifyInboundRequest({
    httpMethod: 'POST',
    body,
    ...(version !== undefined && { protocolVersionHeader: version }),
    ...(mcpMethod !== undefined && { mcpMethodHeader: mcpMethod }),
  });
  const { _meta = {} } = body.params;
  const era = eraOfRoute(route, version, mcpMethod);
  if (era === null || !isPlainMeta(_meta, era)) return null;
  return { era, takesUrls: era === 'modern' && takesUrls(_meta[CLIENT_CAPABILITIES_META_KEY]) };
}

/** Null also where a header is away that the SDK asks for. */
function eraOfRoute(
  route: ReturnType<typeof classifyInboundRequest>,
  version: string | undefined,
  mcpMethod: string | undefined,
): Era | null {
  if (route.kind === 'legacy' && route.reason === 'no-claim')
    return version === undefined || legacyRevisions.has(version) ? 'legacy' : null;
  const isModern = route.kind === 'modern' && version === modernRevision && mcpMethod === 'tools/call';
  return isModern ? 'modern' : null;
}

function isPlainMeta(meta: object, era: Era): boolean {
  return Object.keys(meta).every(
    (key) => key !== 'progressToken' && (!key.startsWith(protocolPrefix) || knownMetaKeys[era].has(key)),
  );
}
