import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

interface Media {
  schema?: object;
  examples?: Record<string, unknown>;
}

interface Operation {
  responses: Record<string, { content?: Record<string, Media> }>;
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
}

/** An answer of the REST API, in the terms of the document. */
export interface RestAnswer {
  method: string;
  path: string;
  status: number;
  contentType: string | null;
  text: string;
}

const errorFields = ['error', 'instanceId', 'errorCode', 'requiresReauth'];

/** Holds answers to `docs/openapi.json`, and to more than it asks of others: no field that it does not declare. */
export class RestContract {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });

  constructor(private readonly document = readDocument()) {
    addFormats.default(this.ajv);
    this.ajv.addSchema(document, 'openapi', false, false);
  }

  /** @throws Error when a documented route answers what it does not declare; others are not its business */
  check({ method, path, status, contentType, text }: RestAnswer): void {
    const found = this.operation(method, path);
    if (found === null) return;
    const { template, operation } = found;
    const where = `${method} ${template} answered ${status}`;
    const response = operation.responses[status];
    if (!response) throw new Error(`${where}, which is not declared`);
    const mediaType = contentType?.split(';')[0] ?? '';
    checkMediaType(where, Object.keys(response.content ?? {}), mediaType, text);
    const media = response.content?.[mediaType];
    if (mediaType !== 'application/json' || media?.schema === undefined) return;
    const at = ['paths', template, method.toLowerCase(), 'responses', status, 'content', mediaType, 'schema'];
    this.checkBody(where, JSON.parse(text), at);
    if (media.examples) checkError(where, JSON.parse(text) as object, Object.keys(media.examples));
  }

  private operation(method: string, path: string) {
    const template = Object.keys(this.document.paths).find((each) => isPathOf(each, path));
    const operation = this.document.paths[template ?? '']?.[method.toLowerCase()];
    return template === undefined || operation === undefined ? null : { template, operation };
  }

  private checkBody(where: string, body: unknown, at: readonly (string | number)[]): void {
    const pointer = at.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1'));
    const $ref = `openapi#/${pointer.map(encodeURIComponent).join('/')}`;
    const validate = this.ajv.getSchema($ref) ?? this.ajv.compile({ $ref });
    if (!validate(body)) throw new Error(`${where}: ${this.ajv.errorsText(validate.errors)}`);
  }
}

function checkMediaType(where: string, declared: readonly string[], mediaType: string, text: string): void {
  if (text === '' ? declared.length === 0 : declared.includes(mediaType)) return;
  throw new Error(`${where} with ${mediaType || 'no body'}; declared is ${declared.join() || 'no body'}`);
}

function checkError(where: string, body: object, codes: readonly string[]): void {
  const { errorCode } = body as { errorCode: string };
  if (!codes.includes(errorCode)) throw new Error(`${where} with ${errorCode}, which is not declared`);
  if (Object.keys(body).slice(0, 4).join() !== errorFields.join()) {
    throw new Error(`${where}: an error does not begin with its four fields`);
  }
}

/** The committed document, its objects closed: what is not declared must not be answered. */
function readDocument(): Document {
  return JSON.parse(readFileSync('docs/openapi.json', 'utf8'), (_key, value: unknown) =>
    isOpenObject(value) ? { ...value, additionalProperties: false } : value,
  ) as Document;
}

function isOpenObject(value: unknown): value is { type: 'object' } {
  if (typeof value !== 'object' || value === null) return false;
  return 'properties' in value && 'type' in value && !('additionalProperties' in value);
}

function isPathOf(template: string, path: string): boolean {
  const pattern = template.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+');
  return new RegExp(`^${pattern}$`).test(path);
}
