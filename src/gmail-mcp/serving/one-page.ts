import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';

/** @throws ProtocolError -32602 for a cursor: none of our lists goes on after its first page */
export function requireFirstPage(params: { cursor?: string | undefined } | undefined): void {
  if (params?.cursor !== undefined)
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'The list has one page only');
}
