import fs, { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadConfig } from '../../../connector/config/load/load.ts';
import { changeSettings } from '../../../connector/operations/init/change-settings.ts';
import { type Chosen, chooseSettings } from '../../../connector/operations/init/choose-settings.ts';
import { initialise } from '../../../connector/operations/init/initialise.ts';
import { SecretStore } from '../../../connector/secrets/secret-store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Whatever needs room, and is called by what we test. */
const WRITES = ['writeFileSync', 'renameSync', 'mkdirSync', 'openSync', 'fsyncSync', 'linkSync'] as const;

/** @param before  is called before each write, with its number */
async function whileWatched<T>(before: (count: number) => void, work: () => Promise<T>): Promise<T> {
  const originals = WRITES.map((name) => [name, fs[name]] as const);
  let count = 0;
  let isOurs = false;
  for (const [name, original] of originals)
    Object.assign(fs, {
      [name]: (...words: unknown[]) => {
        if (!isOurs) {
          isOurs = true;
          try {
            count += 1;
            before(count);
          } finally {
            isOurs = false;
          }
        }
        return Reflect.apply(original, fs, words);
      },
    });
  syncBuiltinESMExports();
  try {
    return await work();
  } finally {
    Object.assign(fs, Object.fromEntries(originals));
    syncBuiltinESMExports();
  }
}

/** Paths with contents. */
const tree = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .toSorted()
      .map((name) => [name, statSync(join(folder, name)).isFile() ? readFileSync(join(folder, name), 'utf8') : '']),
  );

const NO_HANDOVER = async (): Promise<void> => {};
const SILENT = { info: () => undefined, warn: () => undefined };

describe('writing what init has agreed on', () => {
  const folder = temporaryFolder();
  const at = (...names: readonly string[]) => join(folder.path, ...names);
  const home = () => at('home');
  const file = () => join(home(), 'connector.toml');
  const stateDir = () => join(home(), 'state');

  const settings = (version: string) => [
    { path: ['apps', 'default', 'backend'], value: 'ldap' },
    { path: ['apps', 'default', 'ldap', 'urls'], value: [`ldaps://${version}.example`] },
    { path: ['apps', 'default', 'ldap', 'ca_file'], value: join(stateDir(), 'tls', `${version}.pem`) },
    { path: ['apps', 'default', 'ldap', 'bind_dn'], value: 'cn=scim' },
    { path: ['apps', 'default', 'ldap', 'password'], value: { secret: version } },
    { path: ['apps', 'default', 'users', 'base'], value: 'ou=people' },
  ];
  const additions = (version: string) => ({
    secrets: [{ name: version, value: `password of ${version}` }],
    files: [{ path: join(stateDir(), 'tls', `${version}.pem`), text: `authority of ${version}` }],
  });
  const chosen = (version: string, isPresent: boolean): Promise<Chosen> =>
    isPresent
      ? changeSettings(file(), settings(version))
      : chooseSettings(
          settings(version).map((setting) => ({ ...setting, name: '' })),
          undefined,
          stateDir(),
        );
  const write = async (version: string, isPresent: boolean, handOver = NO_HANDOVER) => {
    const wanted = { file: file(), chosen: await chosen(version, isPresent), additions: additions(version) };
    return initialise({ ...wanted, credentialName: 'okta', handOver }, SILENT);
  };

  /** Which version the configuration that lies there is, with all that it refers to; undefined: there is none. */
  async function versionIn(): Promise<string | undefined> {
    if (!fs.existsSync(file())) return undefined;
    const resolveSecret = (name: string, dir: string) => new SecretStore(dir).get(name);
    const { config } = await loadConfig({ file: file(), env: {}, resolveSecret });
    const [app] = config.apps;
    const version = app?.ldap.urls?.[0]?.replace(/^ldaps:\/\/(\w+)\.example$/, '$1');
    expect(app?.ldap.password?.reveal()).to.equal(`password of ${version}`);
    expect(readFileSync(app?.ldap.ca_file ?? '', 'utf8')).to.equal(`authority of ${version}`);
    return version;
  }

  beforeEach(() => mkdirSync(home()));

  for (const isPresent of [false, true])
    describe(isPresent ? 'over a configuration' : 'where there is none', () => {
      const former = isPresent ? 'first' : undefined;

      beforeEach(async () => {
        if (isPresent) await write('first', false);
      });

      it('leaves the old set-up or the new one, whole, whenever it is killed', async () => {
        const shots = at('shots');
        const copy = (count: number) => cpSync(home(), join(shots, String(count)), { recursive: true });
        await whileWatched(copy, () => write('second', isPresent));
        const seen: (string | undefined)[] = [];
        for (const shot of readdirSync(shots).toSorted((a, b) => Number(a) - Number(b))) {
          rmSync(home(), { recursive: true });
          cpSync(join(shots, shot), home(), { recursive: true });
          seen.push(await versionIn());
        }
        expect(seen.length).to.be.greaterThan(15);
        const turn = seen.indexOf('second');
        expect(seen).to.deep.equal(seen.map((_, index) => (index < turn ? former : 'second')));
        expect(turn).to.be.greaterThan(5);
      });

      it('takes back everything when it fails, wherever it does', async () => {
        const before = tree(home());
        let failed = 0;
        for (let place = 1; ; place += 1) {
          const fail = (count: number) => {
            if (count === place) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
          };
          const outcome = await whileWatched(fail, () => write('second', isPresent)).then(
            () => 'written',
            () => 'failed',
          );
          if (outcome === 'written') break;
          failed += 1;
          expect(tree(home()), `write ${place}`).to.deep.equal(before);
        }
        expect(failed).to.be.greaterThan(15);
      }).timeout(60_000);
    });
});
