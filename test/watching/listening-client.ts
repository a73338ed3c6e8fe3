import type { Client } from '@modelcontextprotocol/client';

/** A client with an open stream of updates. */
export interface Listening {
  client: Client;
  /** The resources that were said to be updated. */
  updated: string[];
  honored: unknown;
  closed: Promise<unknown>;
  close: () => Promise<void>;
}

export async function listeningBy(client: Client, uris: string[]): Promise<Listening> {
  const updated: string[] = [];
  client.setNotificationHandler(
    'notifications/resources/updated',
    ({ params }) => void updated.push(params.uri),
  );
  const subscription = await client.listen({ resourceSubscriptions: uris });
  const close = async (): Promise<void> => {
    await subscription.close();
    await client.close();
  };
  return { client, updated, honored: subscription.honoredFilter, closed: subscription.closed, close };
}
