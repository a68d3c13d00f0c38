import { TRAITS, type TypeName } from '../../connector/scim/schema/resource-type.ts';

const NAMES = Object.keys(TRAITS) as readonly TypeName[];

/** `--type`. @param describe  whose type it is */
export const typeOption = (describe: string) =>
  ({ requiresArg: true, choices: NAMES, default: TRAITS.User.name, describe }) as const;
