import * as z from 'zod';
import { about } from '../../../config/vocabulary/scalars.ts';

const text = z.string();
const values = z.record(text, text);

const one = z
  .strictObject({
    set: values.exactOptional(),
    active: values.exactOptional(),
    group: text.exactOptional(),
    move_to: text.exactOptional(),
  })
  .refine(
    ({ set, group, move_to }) => [set, group, move_to].filter((choice) => choice !== undefined).length === 1,
    'must name exactly one of set, group and move_to',
  )
  .refine(({ set, active }) => active === undefined || set !== undefined, '"active" belongs to "set"')
  .transform(({ set, active, group, move_to }) => {
    if (group !== undefined) return { group };
    if (move_to !== undefined) return { move_to };
    return { set: set ?? {}, ...(active ? { active } : {}) };
  });

/** One way to tell an account that may not be used, or `none`. */
export const deactivate = z
  .union([z.literal('none'), one])
  .exactOptional()
  .meta(
    about(undefined, {
      description: 'What an account that may not be used looks like. "none" offers no deactivation',
      computed: "the profile's own",
      example: { set: { employeeType: 'inactive' }, active: { employeeType: 'active' } },
      expected: '"none", { set = { attribute = "value" } }, { group = "DN" } or { move_to = "DN" }',
    }),
  );
