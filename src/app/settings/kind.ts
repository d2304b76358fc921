import { z } from 'zod';

/** What the kind of value says about itself, inside whatever makes it optional: `duration`, `folder`, "`yes`, `no`". */
export const kindOf = (schema: z.ZodType): string => inside(schema).description ?? 'text';

/** The words it can be set to, if there are only a few. */
export function choicesOf(schema: z.ZodType): readonly string[] | undefined {
  const own = inside(schema);
  const values = own instanceof z.ZodPipe ? own.in : own;
  return values instanceof z.ZodEnum ? values.options.map(String) : undefined;
}

/** As it would be written; undefined where the default depends on the machine. */
export const defaultOf = (schema: z.ZodType): string | undefined =>
  schema instanceof z.ZodPrefault ? String(schema.def.defaultValue) : undefined;

const inside = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
