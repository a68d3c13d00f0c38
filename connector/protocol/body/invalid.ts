import { ScimError } from '../../scim/error.ts';

export const invalid = (message: string): ScimError =>
  new ScimError('invalidValue', message, { fault: 'value-of-wrong-kind' });
