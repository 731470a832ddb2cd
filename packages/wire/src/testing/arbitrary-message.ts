import { packageName } from '@piw/wheel/package-name';
import { version } from '@piw/wheel/version';
import fc from 'fast-check';
import { z } from 'zod';
import type { MessageOf, Table } from '../table.ts';
import { bytes } from '../vocabulary.ts';

/** Any message of a table, for tests that are to hold for all of them; the cast is true, since each body fits its schema. */
export const arbitraryMessage = <T extends Table>(table: T): fc.Arbitrary<MessageOf<T>> =>
  fc
    .oneof(...Object.entries(table).map(([type, schema]) => arbitraryBody(schema).map((body) => ({ type, body }))))
    .map((message) => message as MessageOf<T>);

/** Any value that a schema accepts, as the schema gives it on. */
export const arbitraryBody = <S extends z.ZodType>(schema: S): fc.Arbitrary<z.output<S>> =>
  anyInput(schema)
    .map((input) => schema.safeParse(input))
    .filter((parsed) => parsed.success)
    .map((parsed) => parsed.data);

function anyInput(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  if (schema === packageName) return fc.constantFrom('six', 'Foo.Bar', 'markupsafe', 'a');
  if (schema === version) return fc.constantFrom('1.0', '2.1rc1', '3.0.post2', '2024.1');
  if (schema === bytes) return fc.uint8Array({ minLength: 0, maxLength: 40 });
  if (schema instanceof z.ZodCustom) return fc.uint8Array({ minLength: 16, maxLength: 16 });
  if (schema instanceof z.ZodNullable) return fc.option(anyInput(schema.unwrap()), { nil: null });
  if (schema instanceof z.ZodObject) return anyObject(schema.shape);
  if (schema instanceof z.ZodArray) return fc.array(anyInput(schema.element), { minLength: 1, maxLength: 3 });
  if (schema instanceof z.ZodUnion) return fc.oneof(...schema.options.map(anyInput));
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values);
  if (schema instanceof z.ZodRecord) return anyRecord(schema);
  return anyScalar(schema);
}

function anyScalar(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodString) return anyText(schema);
  if (schema instanceof z.ZodNumber)
    return schema.format === 'safeint'
      ? fc.oneof(fc.integer({ min: 1, max: 100 }), fc.maxSafeInteger())
      : fc.double({ noNaN: true, noDefaultInfinity: true, min: 0.5 });
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodUnknown) return fc.oneof(fc.constant(null), fc.string(), fc.array(fc.integer()));
  throw new Error(`no arbitrary for ${schema._zod.def.type}`);
}

function anyText(schema: z.ZodString): fc.Arbitrary<string> {
  const { pattern } = z.toJSONSchema(schema) as { pattern?: string };
  return pattern
    ? fc.stringMatching(new RegExp(pattern), { maxLength: 64 })
    : fc.string({ minLength: 1, maxLength: 30 });
}

/** Fields that may be missing sometimes are. */
function anyObject(shape: Readonly<Record<string, z.core.$ZodType>>): fc.Arbitrary<unknown> {
  const fields = Object.entries(shape);
  const optional = fields.filter(([, schema]) => schema instanceof z.ZodOptional).map(([name]) => name);
  const model = fields.map(([name, schema]) => [
    name,
    anyInput(schema instanceof z.ZodOptional ? schema.unwrap() : schema),
  ]);
  return fc.record(Object.fromEntries(model) as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: fields.map(([name]) => name).filter((name) => !optional.includes(name)),
    noNullPrototype: true,
  });
}

const anyRecord = (schema: z.ZodRecord): fc.Arbitrary<unknown> =>
  fc.dictionary(
    anyInput(schema.keyType).filter((key) => key !== '__proto__') as fc.Arbitrary<string>,
    anyInput(schema.valueType),
    {
      maxKeys: 3,
      noNullPrototype: true,
    },
  );
