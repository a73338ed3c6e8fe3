import openapiTypescript, { astToString } from 'openapi-typescript';

export const documentFile = 'docs/openapi.json';
export const clientTypesFile = 'test/client/evergrant-api.d.ts';

/** The types of a client, made from the OpenAPI document. */
export async function clientTypes(document: string): Promise<string> {
  const types = await openapiTypescript(document);
  return `// Made from ${documentFile} by \`npm run openapi\`.\n${astToString(types)}`;
}
