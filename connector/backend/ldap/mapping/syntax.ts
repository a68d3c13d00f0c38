import { formatDateTime, parseDateTime } from '../../../scim/date-time.ts';
import { ScimError, shown } from '../../../scim/error.ts';
import type { Scalar } from '../../../scim/resource.ts';
import type { RowOptions } from '../settings/options.ts';

export type SyntaxName = Required<RowOptions>['syntax'];

/** How values of one kind are written in the directory (RFC 4517 §3.3), and read. */
export interface Syntax {
  readonly name: SyntaxName;
  /** `undefined` for a value that is not of this syntax: it is not shown. */
  toScim(value: string | Buffer): Scalar | undefined;
  /** @throws invalidValue */
  toLdap(value: Scalar): string | Buffer;
}

const text = (value: string | Buffer): string => (typeof value === 'string' ? value : value.toString('utf8'));

const GENERALIZED = /^(\d{4})(\d\d)(\d\d)(\d\d)(?:(\d\d)(?:(\d\d))?)?(?:[.,](\d+))?(Z|[+-]\d\d(?:\d\d)?)$/;

/** Generalized Time (RFC 4517 §3.3.13) → ms since 1970; `undefined` when it is not one. */
export function parseTime(value: string): number | undefined {
  const match = GENERALIZED.exec(value);
  if (!match) return undefined;
  const [, year, month, day, hour, minute = '00', second = '00', fraction, zone = 'Z'] = match;
  const offset = zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3) || '00'}`;
  const ms = fraction === undefined ? '' : `.${fraction}`;
  return parseDateTime(`${year}-${month}-${day}T${hour}:${minute}:${second === '60' ? '59' : second}${ms}${offset}`);
}

/** ms since 1970 → Generalized Time in whole seconds, which every server takes. */
export const formatTime = (time: number): string =>
  `${new Date(Math.floor(time / 1000) * 1000).toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`;

/** The same with AD's obligatory fraction. */
export const formatTimeWithFraction = (time: number): string => formatTime(time).replace('Z', '.0Z');

const number = (value: string | Buffer): number | undefined => {
  const n = Number(text(value));
  return text(value).trim() === '' || Number.isNaN(n) ? undefined : n;
};

export const SYNTAXES: Readonly<Record<SyntaxName, Syntax>> = {
  string: { name: 'string', toScim: text, toLdap: String },
  dn: { name: 'dn', toScim: text, toLdap: String },
  boolean: {
    name: 'boolean',
    toScim: (value) => ({ true: true, false: false })[text(value).toLowerCase()],
    toLdap: (value) => String(value).toUpperCase(),
  },
  integer: { name: 'integer', toScim: number, toLdap: String },
  decimal: { name: 'decimal', toScim: number, toLdap: String },
  time: {
    name: 'time',
    toScim: (value) => {
      const time = parseTime(text(value));
      return time === undefined ? undefined : formatDateTime(time);
    },
    toLdap: (value) => {
      const time = parseDateTime(String(value));
      if (time === undefined)
        throw new ScimError('invalidValue', `${shown(String(value))} is not a date and time`, {
          fault: 'value-of-wrong-kind',
        });
      return formatTime(time);
    },
  },
  binary: {
    name: 'binary',
    toScim: (value) => (typeof value === 'string' ? Buffer.from(value, 'utf8') : value).toString('base64'),
    toLdap: (value) => Buffer.from(String(value), 'base64'),
  },
};
