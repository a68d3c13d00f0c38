import { expect } from 'chai';
import type { Backend } from '../../connector/backend/backend.ts';
import type { Filter } from '../../connector/scim/filter/ast.ts';
import { matches } from '../../connector/scim/filter/matches.ts';
import type { BoundPath, ResourceType } from '../../connector/scim/schema/resource-type.ts';
import { call, everyone, nameOf } from './company.ts';

/** Whether a store finds whom the definition finds, in the same order. @returns how many it finds */
export const agreement =
  (backend: () => Backend) =>
  async (type: ResourceType, filter: Filter<BoundPath>): Promise<number> => {
    const { resources } = await backend().list(call, type, everyone);
    const wanted = resources.filter(matches(filter)).map(nameOf);
    const answer = await backend().list(call, type, { ...everyone, filter });
    expect(answer.resources.map(nameOf)).to.deep.equal(wanted);
    expect(answer.total).to.equal(wanted.length);
    return wanted.length;
  };
