import { randomBytes } from 'node:crypto';
import { parentOf } from '../directory/dn.ts';
import { isPassword, type Operation } from '../directory/operation.ts';
import type { Tree } from '../layout/tree.ts';
import { keyOf } from '../mapping/attribute-mapping.ts';
import { type Expectation, expectationsOf } from './expectation.ts';
import { type Before, expectedOf } from './expected.ts';
import type { Proof } from './proof.ts';

/** What is known of an entry that is about to be written. */
export interface Known {
  /** As SCIM has it. */
  readonly id?: string;
  readonly version?: string;
  readonly before?: Before;
}

const SALT_BYTES = 12;
const newSalt = (): string => randomBytes(SALT_BYTES).toString('base64url');

const written = (attributes: Extract<Operation, { kind: 'add' }>['attributes']): readonly Expectation[] =>
  Object.entries(attributes)
    .filter(([name]) => !isPassword(name))
    .map(([name, values]) => ({ kind: 'has', key: keyOf(name), values }));

/** Where a rename leads. */
export function targetOf({ dn, rdn, superior }: Extract<Operation, { kind: 'rename' }>): string {
  const parent = superior ?? parentOf(dn);
  return parent === '' ? rdn : `${rdn},${parent}`;
}

/** What shows later whether a write came about. */
export function makeProof(tree: Tree, server: string, operation: Operation, known: Known = {}): Proof {
  const { kind, dn } = operation;
  const place = {
    dn,
    server,
    ...(known.id === undefined ? {} : { id: known.id }),
    ...(known.version === undefined ? {} : { version: known.version }),
  };
  switch (kind) {
    case 'add': {
      const salt = newSalt();
      return { kind, dn, server, salt, expected: [...expectedOf(tree, salt, written(operation.attributes))] };
    }
    case 'modify': {
      const salt = newSalt();
      const expectations = expectationsOf(operation.modifications);
      return { kind, ...place, salt, expected: [...expectedOf(tree, salt, expectations, known.before)] };
    }
    case 'rename':
      return { kind, ...place, to: targetOf(operation) };
    default:
      return { kind, ...place };
  }
}
