import type { DataSource, EntitySubscriberInterface } from 'typeorm';

/**
 * The statements on tables that PostgreSQL gets during `work`, in order, without their values: others are often of jobs
 * that run by the clock.
 */
export async function countedStatements<Result>(
  dataSource: DataSource,
  tables: RegExp,
  work: () => Promise<Result>,
): Promise<{ result: Result; statements: string[] }> {
  const statements: string[] = [];
  const subscriber: EntitySubscriberInterface = {
    beforeQuery: ({ query }) => {
      if (tables.test(query)) statements.push(query);
    },
  };
  dataSource.subscribers.push(subscriber);
  try {
    return { result: await work(), statements };
  } finally {
    dataSource.subscribers.splice(dataSource.subscribers.indexOf(subscriber), 1);
  }
}
