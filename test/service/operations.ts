import { finished } from '../../connector/protocol/body/decoder.ts';
import type { Element } from '../../connector/scim/change.ts';
import type { OperationList } from '../../connector/scim/draft.ts';
import type { Dialect, PatchOperation } from '../../connector/scim/patch-operation.ts';
import { parsePath } from '../../connector/scim/path.ts';
import type { Attributes, Value } from '../../connector/scim/resource.ts';
import { type BoundPath, bindPath, type ResourceType } from '../../connector/scim/schema/resource-type.ts';
import { operatedSteps } from '../../connector/service/patch-operations.ts';
import { compile } from '../conformance/company.ts';

/** Writes operations as a protocol would have read them: `emails` `emails.value` `urn:…:department`, a filter beside. */
export class Operations {
  readonly #type: ResourceType;

  constructor(type: ResourceType) {
    this.#type = type;
  }

  #at(text: string): BoundPath {
    const path = parsePath(text);
    const bound = path && bindPath(this.#type, path);
    if (!bound) throw new Error(`no attribute ${text}`);
    return bound;
  }

  #target(path: string, where: string | undefined) {
    return { at: this.#at(path), ...(where === undefined ? {} : { where: compile(this.#type, where) }) };
  }

  add(path: string, value: Value, where?: string): PatchOperation {
    return { op: 'add', value, ...this.#target(path, where) };
  }

  replace(path: string, value: Value, where?: string): PatchOperation {
    return { op: 'replace', value, ...this.#target(path, where) };
  }

  remove(path: string, where?: string): PatchOperation {
    return { op: 'remove', ...this.#target(path, where) };
  }

  removeValues(path: string, values: readonly Element[]): PatchOperation {
    return { op: 'remove', values, ...this.#target(path, undefined) };
  }
}

/** What becomes of a resource, all steps at once. */
export const operated = (...words: Parameters<typeof operatedSteps>): Attributes => finished(operatedSteps(...words));

export const list = (operations: readonly PatchOperation[], dialect: Dialect = 'compatible'): OperationList => ({
  operations,
  dialect,
  ignored: [],
});
