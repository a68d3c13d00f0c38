import type { z } from 'zod';
import type { Secret } from '../../secrets/secret.ts';

/** What a value of the file has become when it is in force: it cannot be changed, and a secret is at hand. */
export type InForce<Value> =
  Value extends z.core.$brand<'secret'>
    ? Secret
    : Value extends readonly (infer Item)[]
      ? readonly InForce<Item>[]
      : Value extends object
        ? { readonly [Key in keyof Value]: InForce<Value[Key]> }
        : Value;

/** The settings of one table, by the zod schema of each. */
export type SettingsOf<Shape extends z.ZodRawShape> = InForce<z.output<z.ZodObject<Shape>>>;
