import { expect } from 'chai';
import type { Subject } from '../support/for-each-backend.ts';

const CORE = 'urn:scim:schemas:core:1.0';

export interface Result {
  readonly location?: string;
  readonly method?: string;
  readonly bulkId?: string;
  readonly version?: string;
  readonly status: { readonly code: string; readonly description?: string };
}

export async function run(subject: Subject, Operations: readonly unknown[], rest: object = {}): Promise<Result[]> {
  const reply = await subject.post('/Bulk', { schemas: [CORE], ...rest, Operations });
  expect(reply.status, reply.text).to.equal(200);
  expect(reply.body).to.have.all.keys('schemas', 'Operations');
  for (const result of reply.body.Operations) {
    expect(result).to.not.have.any.keys('path', 'data');
    if (Number(result.status.code) >= 400) expect(result.status.description).to.match(/\(ref .{9}\)$/);
  }
  return reply.body.Operations;
}

export const codes = (results: readonly Result[]): string[] => results.map(({ status }) => status.code);
export const idOf = (result: Result | undefined): string => result?.location?.split('/').at(-1) ?? '';
export const newUser = (bulkId: string, data: object = { userName: bulkId }): object => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  data,
});
export const newGroup = (bulkId: string, ...members: string[]): object => ({
  method: 'POST',
  path: '/Groups',
  bulkId,
  data: { displayName: bulkId, members: members.map((value) => ({ value })) },
});
