import {
  AddRequest,
  Attribute,
  BerWriter,
  Change,
  type Control,
  DeleteRequest,
  ExtendedRequest,
  type Message,
  ModifyDNRequest,
  ModifyRequest,
} from 'ldapts';
import { PASSWORD_MODIFY } from '../directory/oid.ts';
import type { Modification } from '../directory/session.ts';
import type { Value } from './entry.ts';

/** A request that writes. */
export interface ChangeRequest {
  readonly make: (messageId: number) => Message;
  /** Estimate of the encoded request; 0 for a small one. Unit: bytes. */
  readonly size: number;
}

// Buffer[] | string[] is what ldapts declares; its encoder takes each value by itself.
const attribute = (type: string, values: readonly Value[]): Attribute =>
  new Attribute({ type, values: values.map((value) => (typeof value === 'string' ? Buffer.from(value) : value)) });

const sizeOf = (lists: readonly (readonly Value[])[]): number =>
  lists.reduce((sum, values) => sum + values.reduce((size, value) => size + value.length * 3 + 8, 64), 0);

export function addRequest(
  dn: string,
  entry: Readonly<Record<string, readonly Value[]>>,
  controls: Control[],
): ChangeRequest {
  const attributes = Object.entries(entry).map(([type, values]) => attribute(type, values));
  return {
    make: (messageId) => new AddRequest({ messageId, dn, attributes, controls }),
    size: sizeOf(Object.values(entry)),
  };
}

export function modifyRequest(dn: string, modifications: readonly Modification[], controls: Control[]): ChangeRequest {
  const changes = modifications.map(
    ({ operation, attribute: type, values }) => new Change({ operation, modification: attribute(type, values) }),
  );
  return {
    make: (messageId) => new ModifyRequest({ messageId, dn, changes, controls }),
    size: sizeOf(modifications.map(({ values }) => values)),
  };
}

export const renameRequest = (
  dn: string,
  newRdn: string,
  newSuperior: string | undefined,
  controls: Control[],
): ChangeRequest => ({
  make: (messageId) =>
    new ModifyDNRequest({ messageId, dn, newRdn, ...(newSuperior === undefined ? {} : { newSuperior }), controls }),
  size: 0,
});

export const deleteRequest = (dn: string, controls: Control[]): ChangeRequest => ({
  make: (messageId) => new DeleteRequest({ messageId, dn, controls }),
  size: 0,
});

/** RFC 3062. */
export function passwordRequest(dn: string, password: string, controls: Control[]): ChangeRequest {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeString(dn, 0x80);
  writer.writeString(password, 0x82);
  writer.endSequence();
  const value = writer.buffer;
  return { make: (messageId) => new ExtendedRequest({ messageId, oid: PASSWORD_MODIFY, value, controls }), size: 0 };
}
