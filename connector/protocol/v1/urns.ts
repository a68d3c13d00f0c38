import { CORE_SCHEMA, ENTERPRISE_SCHEMA } from '../../scim/schema/names.ts';
import { schemaNames } from '../schema-names.ts';

/** SCIM 1.1 Core §6 and §7. */
export const CORE_URN = 'urn:scim:schemas:core:1.0';
export const ENTERPRISE_URN = 'urn:scim:schemas:extension:enterprise:1.0';

export const NAMES = schemaNames({ [CORE_SCHEMA]: CORE_URN, [ENTERPRISE_SCHEMA]: ENTERPRISE_URN });
