/** CycloneDX 1.5 of what is in the executable: the bundle's packages, Node with its libraries, SQLite. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './bundle-options.ts';
import { type Content, identityOf } from './contents.ts';
import { epoch, name, version } from './release.ts';

type Lock = Readonly<Record<string, { readonly integrity?: string }>>;

/** Of the same text always the same: a version 5 UUID without a namespace. */
export function uuidOf(text: string): string {
  const hex = createHash('sha1').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

const license = (id: string | undefined): object => (id === undefined ? {} : { licenses: [{ license: { id } }] });

function component(content: Content, lock: Lock): object {
  const { folder, manifest } = content;
  const [scope, short] = manifest.name.startsWith('@') ? manifest.name.split('/') : [undefined, manifest.name];
  const integrity = lock[folder]?.integrity;
  const sha512 =
    integrity === undefined ? undefined : Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex');
  return {
    type: 'library',
    'bom-ref': identityOf(content),
    ...(scope === undefined ? {} : { group: scope }),
    name: short,
    version: manifest.version,
    purl: `pkg:npm/${manifest.name.replace('@', '%40')}@${manifest.version}`,
    ...(sha512 === undefined ? {} : { hashes: [{ alg: 'SHA-512', content: sha512 }] }),
    ...license(manifest.license),
  };
}

/** Of `process.versions`: Node itself, its interfaces, and the data that ICU holds. What is left are libraries. */
const NO_LIBRARIES = new Set(['node', 'modules', 'napi', 'cldr', 'tz', 'unicode']);

function nodeComponents(): object[] {
  const { versions } = process;
  const node = {
    type: 'platform',
    'bom-ref': `node@${versions.node}`,
    name: 'node',
    version: versions.node,
    purl: `pkg:generic/node@${versions.node}`,
    cpe: `cpe:2.3:a:nodejs:node.js:${versions.node}:*:*:*:lts:*:*:*`,
    ...license('MIT'),
  };
  const libraries = Object.entries(versions)
    .filter(([library, found]) => !NO_LIBRARIES.has(library) && found !== undefined && found !== '')
    .map(([library, found]) => ({
      type: 'library',
      'bom-ref': `node/${library}@${found}`,
      name: library,
      version: found,
      description: 'part of Node',
    }));
  return [node, ...libraries];
}

function sqliteComponent(): object {
  const header = readFileSync(join(ROOT, 'node_modules', 'better-sqlite3', 'deps', 'sqlite3', 'sqlite3.h'), 'utf8');
  const found = /#define SQLITE_VERSION\s+"([^"]+)"/.exec(header)?.[1];
  if (found === undefined) throw new Error('better-sqlite3/deps/sqlite3/sqlite3.h names no SQLITE_VERSION');
  return {
    type: 'library',
    'bom-ref': `sqlite@${found}`,
    name: 'sqlite',
    version: found,
    description: 'part of better-sqlite3',
    ...license('blessing'),
    cpe: `cpe:2.3:a:sqlite:sqlite:${found}:*:*:*:*:*:*:*`,
  };
}

export function sbom(packages: readonly Content[]): string {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Lock };
  const body = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: {
      timestamp: new Date(epoch * 1000).toISOString(),
      component: { type: 'application', 'bom-ref': `${name}@${version}`, name, version, ...license('MIT') },
    },
    components: [
      ...packages.map((content) => component(content, lock.packages)),
      ...nodeComponents(),
      sqliteComponent(),
    ],
  };
  return `${JSON.stringify({ ...body, serialNumber: `urn:uuid:${uuidOf(JSON.stringify(body))}` }, null, 1)}\n`;
}
