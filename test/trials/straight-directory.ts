import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { DirectoryLab } from '../support/directories/directory-lab.ts';
import type { Entry, Straight } from './straight.ts';

type Attributes = ReadonlyMap<string, readonly string[]>;

const run = promisify(execFile);

/** LDIF (RFC 2849) of a search, unfolded. */
function* entriesIn(ldif: string): Generator<Attributes> {
  for (const block of ldif.replace(/\n /g, '').split(/\n\n+/)) {
    const attributes = new Map<string, string[]>();
    for (const line of block.split('\n')) {
      const [, name = '', encoded, text = ''] = /^([^#:][^:]*):(:?) ?(.*)$/.exec(line) ?? [];
      if (name === '') continue;
      const value = encoded ? Buffer.from(text, 'base64').toString('utf8') : text;
      const key = name.toLowerCase();
      attributes.set(key, [...(attributes.get(key) ?? []), value]);
    }
    if (attributes.has('dn')) yield attributes;
  }
}

/** Active Directory takes simple binds over TLS alone. */
const addressOf = ({ flavour, clearUrl, url }: DirectoryLab): string => (flavour.name === 'samba' ? url : clearUrl);

/** As the lab's administrator. */
async function search(lab: DirectoryLab, base: string): Promise<Attributes[]> {
  const { flavour, authorityFile } = lab;
  const { dn, password } = flavour.admin;
  const words = [
    '-x',
    '-LLL',
    '-o',
    'ldif-wrap=no',
    '-E',
    'pr=500/noprompt',
    '-H',
    addressOf(lab),
    '-D',
    dn,
    '-w',
    password,
  ];
  const { stdout } = await run('ldapsearch', [...words, '-b', base, '-s', 'one', '*', '+'], {
    maxBuffer: 2 ** 30,
    env: { ...process.env, LDAPTLS_CACERT: authorityFile },
  });
  return [...entriesIn(stdout)];
}

/** Whether a bind succeeds. @throws Error when it fails for another reason than the credential */
async function admits(lab: DirectoryLab, dn: string, password: string): Promise<boolean> {
  const env = { ...process.env, LDAPTLS_CACERT: lab.authorityFile };
  try {
    await run('ldapsearch', ['-x', '-H', addressOf(lab), '-D', dn, '-w', password, '-s', 'base', '-b', '', '1.1'], {
      env,
    });
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === INVALID_CREDENTIALS) return false;
    throw error;
  }
}

/** RFC 4511 §4.1.9. */
const INVALID_CREDENTIALS = 49;

const DISABLED = 2;

function isActive(name: string, at: (attribute: string) => readonly string[]): boolean {
  if (name === 'samba') return (Number(at('userAccountControl')[0]) & DISABLED) === 0;
  if (name === '389ds') return at('nsAccountLock')[0]?.toLowerCase() !== 'true';
  return at('pwdAccountLockedTime').length === 0;
}

/** Reads a directory past the connector. */
export async function readDirectory(lab: DirectoryLab): Promise<Straight> {
  const { name, people, groups } = lab.flavour;
  const users = new Map<string, Entry>();
  const byDn = new Map<string, string>();
  for (const entry of await search(lab, people)) {
    const at = (attribute: string): readonly string[] => entry.get(attribute.toLowerCase()) ?? [];
    const [userName = ''] = at(name === 'samba' ? 'userPrincipalName' : 'uid');
    byDn.set(String(at('dn')[0]).toLowerCase(), userName);
    users.set(userName, {
      givenName: at('givenName'),
      familyName: at('sn'),
      emails: [...at('mail'), ...at('otherMailbox')],
      mobilePhone: at('mobile'),
      active: [String(isActive(name, at))],
    });
  }
  const teams = (await search(lab, groups)).map((entry) => {
    const members = (entry.get('member') ?? []).filter(
      (dn) => dn !== '' && dn.toLowerCase().includes(people.toLowerCase()),
    );
    return [
      entry.get('cn')?.[0] ?? '',
      members.map((dn) => byDn.get(dn.toLowerCase()) ?? `the stranger ${dn}`),
    ] as const;
  });
  const dns = new Map([...byDn].map(([dn, userName]) => [userName, dn] as const));
  return {
    users,
    groups: new Map(teams),
    admits: (userName, password) => admits(lab, dns.get(userName) ?? '', password),
  };
}
