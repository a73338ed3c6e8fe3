import type { DataSource, EntitySubscriberInterface } from 'typeorm';

/** The statements that `work` sends to PostgreSQL, in order, without their values. */
export async function countedStatements<Result>(
  dataSource: DataSource,
  work: () => Promise<Result>,
): Promise<{ result: Result; statements: string[] }> {
  const statements: string[] = [];
  const subscriber: EntitySubscriberInterface = {
    beforeQuery: ({ query }) => {
      // The feed of changes is read by the clock, not by the request.
      if (!query.includes('FROM changes') && !isSnapshot(query)) statements.push(query);
    },
  };
  dataSource.subscribers.push(subscriber);
  try {
    return { result: await work(), statements };
  } finally {
    dataSource.subscribers.splice(dataSource.subscribers.indexOf(subscriber), 1);
  }
}

function isSnapshot(query: string): boolean {
  return query.startsWith('SELECT pg_current_snapshot()');
}
