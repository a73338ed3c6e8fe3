/** Where a client connects, and the token it brings. */
export interface Endpoint {
  mcpUrl: string;
  mcpToken: string;
}

export interface CallOutcome {
  isError: boolean;
  /** All that the library hands on to a model, as text. */
  text: string;
}

export interface ConnectedClient {
  tools(): Promise<string[]>;
  call(name: string, input: Record<string, unknown>): Promise<CallOutcome>;
  close(): Promise<void>;
}

/** A client library as an application uses it. */
export interface ClientLibrary {
  connect(endpoint: Endpoint): Promise<ConnectedClient>;
  /** What it says of a token that is wrong. */
  badToken: RegExp;
  /** True for a program that connects and lists anew for each call: it never calls what is not listed any more. */
  connectsForEachCall?: boolean;
}

export const clientInfo = { name: 'evergrant-tests', version: '1.0.0' };

export function authorization({ mcpToken }: Endpoint): { authorization: string } {
  return { authorization: `Bearer ${mcpToken}` };
}

/** The result of a call as the protocol has it. */
export function outcomeOf(result: object): CallOutcome {
  const { isError, content } = result as { isError?: unknown; content?: unknown };
  const texts = (content as { text?: string }[]).map(({ text = '' }) => text);
  return { isError: isError === true, text: texts.join('\n') };
}
