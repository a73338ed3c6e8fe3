/** What a SELECT or RETURNING yields for each field of a row. The compiler holds it to the row's type. */
export type Projection<Row> = { readonly [Field in keyof Row]-?: string };

/** The select list of a projection; a test runs each one against the migrated schema. */
export function selectList<Row>(projection: Projection<Row>): string {
  return Object.entries(projection)
    .map(([field, expression]) => `${String(expression)} AS "${field}"`)
    .join(', ');
}
