import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;

/** The schemas that have names, as the document's components. */
export class NamedSchemas {
  readonly components: Record<string, JsonSchema> = {};

  /** The JSON Schema of a zod schema; what has an id (`.meta({ id })`) becomes a component and is referred to. */
  convert(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const { $schema, $defs, ...converted } = z.toJSONSchema(schema, {
      io,
      unrepresentable: 'any',
      override: ({ zodSchema, jsonSchema }) => {
        // JSON carries dates as text.
        if (zodSchema._zod.def.type === 'date')
          Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
        // The contract grows by addition: clients must not refuse a field that they do not know.
        if (io === 'output' && jsonSchema.additionalProperties === false)
          delete jsonSchema.additionalProperties;
      },
    });
    for (const [name, definition] of Object.entries($defs ?? {})) this.add(name, toComponents(definition));
    return toComponents(converted);
  }

  private add(name: string, definition: JsonSchema): void {
    const known = this.components[name];
    if (known && JSON.stringify(known) !== JSON.stringify(definition)) {
      throw new Error(`Two schemas are called ${name}`);
    }
    this.components[name] = definition;
  }
}

function toComponents(schema: object): JsonSchema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')) as JsonSchema;
}
