export async function startEmbeddedPostgres(_o: {
  dataDir: string;
  log: (line: string) => void;
}): Promise<{ url: string; leave(): Promise<void> }> {
  throw new Error('stub');
}
