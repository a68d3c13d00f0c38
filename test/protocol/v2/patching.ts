import { decodePatch } from '../../../connector/protocol/v2/patch.ts';
import { view } from '../../../connector/protocol/v2/view.ts';
import type { OperationList } from '../../../connector/scim/draft.ts';
import { ScimError } from '../../../connector/scim/error.ts';
import type { Dialect } from '../../../connector/scim/patch-operation.ts';
import type { Attributes } from '../../../connector/scim/resource.ts';
import { ENTERPRISE_SCHEMA } from '../../../connector/scim/schema/names.ts';
import { resourceTypes } from '../../../connector/scim/schema/resource-type.ts';
import { operated } from '../../service/operations.ts';

export const { User, Group } = view(
  resourceTypes({
    app: 'app',
    users: [
      { name: 'tags', type: 'list' },
      { name: 'shoe', type: 'integer' },
    ],
    groups: [],
  }),
);

export const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const CUSTOM = 'urn:okta:app:1.0:user:custom';

/** Somebody with most of what operations are about. */
export const ANA: Attributes = {
  userName: 'ana',
  active: true,
  nickName: 'An',
  name: { givenName: 'Ana', familyName: 'Silva' },
  emails: [
    { value: 'ana@a.org', type: 'work', primary: true },
    { value: 'ana@home.org', type: 'home' },
  ],
  [ENTERPRISE_SCHEMA]: { department: 'Sales', manager: { managerId: 'boss' } },
  [CUSTOM]: { tags: ['a', 'b'], shoe: 42 },
};

export const read = (operations: readonly object[], dialect: Dialect = 'compatible', type = User): OperationList =>
  decodePatch(type, { schemas: [PATCH_OP], Operations: operations }, { dialect });

/** What becomes of Ana. */
export const patched = (operations: readonly object[], dialect?: Dialect): Attributes =>
  operated(User, ANA, read(operations, dialect));

/** The word for the refusal of what `work` asks for; its text where it is no refusal. */
export function refusalOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof ScimError ? error.reason : String(error);
  }
  return 'none';
}
