import type { Call } from '../backend/backend.ts';

/** `User-Agent` of those who try the connector out, `doctor` above all. */
export const EXAMINER = 'scim-connector-doctor';

/** Whether it says of itself that it is nobody's agent and nothing depends on it. The log and the journal have it all the same. */
export const isExamination = ({ client }: Pick<Call, 'client'>): boolean => client?.userAgent === EXAMINER;

/** Names of what `doctor --write` makes begin so (docs/doctor.md, Writing). */
export const EXAMINED_PREFIX = 'zz-doctor-';

/** Whether an examination works on what an examination has made: nobody loses anything by that. */
export const isOwnExamination = (call: Pick<Call, 'client'>, name: unknown): boolean =>
  isExamination(call) && typeof name === 'string' && name.toLowerCase().startsWith(EXAMINED_PREFIX);
