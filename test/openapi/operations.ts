import { readFileSync } from 'node:fs';
import { documentFile } from './client-types.js';

export interface DocumentedOperation {
  method: string;
  path: string;
  operationId: string;
  summary?: string;
  description?: string;
  tags: string[];
  security: unknown[];
  responses: Record<string, object>;
}

type Described = Omit<DocumentedOperation, 'method' | 'path'>;

const { paths } = JSON.parse(readFileSync(documentFile, 'utf8')) as {
  paths: Record<string, Record<string, Described>>;
};

/** Every operation of the committed OpenAPI document. */
export const operations: readonly DocumentedOperation[] = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, described]) => ({
    method: method.toUpperCase(),
    path,
    ...described,
  })),
);
