/** What we read of a JSON Schema (draft 2020-12). */
export interface JsonSchema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly propertyNames?: JsonSchema;
  readonly items?: JsonSchema;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
}

/** A schema in words for a table's cell: `list (≤ 40) of [step](#step)`. */
export function schemaText(schema: JsonSchema): string {
  if (schema.$ref) return linkTo(schema.$ref);
  if (schema.anyOf) return schema.anyOf.map(schemaText).join(' or ');
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (typeof schema.type === 'object') return schema.type.map((type) => schemaText({ type })).join(' or ');
  return plainText(schema);
}

/** `[step](#step)` for a reference to a named shape. */
export function linkTo($ref: string): string {
  const name = $ref.slice($ref.lastIndexOf('/') + 1).replace(/%20/g, ' ');
  return `[${name}](#${name.replaceAll(' ', '-')})`;
}

function plainText(schema: JsonSchema): string {
  switch (schema.type) {
    case 'string':
      return `text${atMost(schema.maxLength)}`;
    case 'integer':
      return `integer${range(schema)}`;
    case 'number':
      return `number${range(schema)}`;
    case 'array':
      return `list${atMost(schema.maxItems)} of ${schemaText(schema.items ?? {})}`;
    case 'object':
      return schema.properties ? objectText(schema) : `map of ${mapText(schema)}`;
    default:
      return schema.type === undefined ? 'anything' : String(schema.type);
  }
}

const atMost = (bound: number | undefined): string => (bound === undefined ? '' : ` (≤ ${bound})`);

/** The bounds of safe integers go without saying. */
function range({ minimum, exclusiveMinimum, maximum }: JsonSchema): string {
  const from = exclusiveMinimum === undefined ? minimum : exclusiveMinimum + 1;
  const told = [
    from !== undefined && from > Number.MIN_SAFE_INTEGER ? ` from ${from}` : '',
    maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? ` to ${maximum}` : '',
  ];
  return told.join('');
}

function objectText({ properties = {}, required = [] }: JsonSchema): string {
  const fields = Object.entries(properties).map(
    ([name, schema]) => `\`${name}\`${required.includes(name) ? '' : '?'}: ${schemaText(schema)}`,
  );
  return fields.length > 0 ? `{ ${fields.join('; ')} }` : 'an empty map';
}

function mapText({ propertyNames = {}, additionalProperties }: JsonSchema): string {
  const value = typeof additionalProperties === 'object' ? schemaText(additionalProperties) : 'anything';
  return `${propertyNames.enum ? schemaText(propertyNames) : 'text'} to ${value}`;
}
