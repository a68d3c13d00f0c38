import type { App } from '../../config/config.ts';
import { spokenAt } from '../../protocol/protocols.ts';

/** A purpose, and the base URL that serves it: its version of SCIM is chosen by nothing else. */
export interface BaseUrl {
  readonly purpose: string;
  /** Of SCIM: `2.0`. */
  readonly version: string;
  /** With the slash that Okta wants; Entra wants none. */
  readonly url: string;
  readonly why: string;
}

type Purpose = Omit<BaseUrl, 'url'>;

/** What each version is for, the commonest first (docs/okta-side.md, The version of SCIM). */
const PURPOSES: readonly Purpose[] = [
  {
    purpose: 'Okta: users, imports, group push',
    version: '1.1',
    why: 'SCIM 1.1: all agents speak it, and group push is known to work',
  },
  {
    purpose: 'Okta: entitlements, schema import',
    version: '2.0',
    why: 'SCIM 2.0: 1.1 has neither; agent 2.1.0 or later',
  },
  { purpose: 'Microsoft Entra', version: '2.0', why: 'SCIM 2.0: it speaks no other' },
];

type Served = Pick<App, 'path' | 'versions' | 'entitlements'>;

/** @param root  base URL of one version, without a slash at the end */
const beside = (root: string, path: string): string =>
  root.slice(0, root.lastIndexOf('/')) + path.slice(path.lastIndexOf('/'));

/** @param baseUrl  of the app's own path, without a slash at the end */
export function baseUrlsOf(app: Served, baseUrl: string): readonly BaseUrl[] {
  const spoken = spokenAt(app);
  return PURPOSES.flatMap((purpose) => {
    const found = spoken.find(({ protocol }) => protocol.version === purpose.version);
    if (!found) return [];
    const url = beside(baseUrl, found.path);
    return [{ ...purpose, url: purpose.purpose.startsWith('Okta') ? `${url}/` : url }];
  });
}

/** What Okta is to be told: with entitlements SCIM 2.0, which alone has them, else the app's own path. */
export function oktaUrl(app: Served, baseUrl: string): string {
  const wanted = app.entitlements.length > 0 ? '2.0' : '1.1';
  const found = spokenAt(app).find(({ protocol }) => protocol.version === wanted);
  return `${found ? beside(baseUrl, found.path) : baseUrl}/`;
}
