import type { MethodKind } from './method-kind.ts';
import { basic } from './methods/basic.ts';
import { headerToken } from './methods/header-token.ts';
import { none } from './methods/none.ts';
import { oauth } from './methods/oauth.ts';

/** Every method that `auth.method` can name. A new one is a file in methods/ and a line here. */
export const METHODS = {
  [headerToken.name]: headerToken,
  [basic.name]: basic,
  [none.name]: none,
  [oauth.name]: oauth,
} satisfies Readonly<Record<string, MethodKind>>;

export type MethodName = keyof typeof METHODS;

export const METHOD_NAMES = Object.keys(METHODS) as readonly MethodName[];

export const methodKind = (name: MethodName): MethodKind<MethodName> => METHODS[name];
