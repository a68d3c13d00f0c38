/** The bundle inside an executable: everything is in it, and SQLite's addon is found as `packaged-addon.ts` says. */
import { dirname, join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { bundleOptions, ROOT } from './bundle-options.ts';
import { commit, releaseKey } from './release.ts';

const ownAddon: Plugin = {
  name: 'own addon look-up',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\/binding$/ }, ({ importer }) =>
      dirname(importer).endsWith(join('better-sqlite3', 'lib'))
        ? { path: join(ROOT, 'installer', 'packaged-addon.ts') }
        : undefined,
    );
  },
};

const known = (name: string, value: string | undefined): Record<string, string> =>
  value === undefined ? {} : { [name]: JSON.stringify(value) };

/** @returns what went into it */
export async function bundleForPackage(outfile: string): Promise<Metafile> {
  const options = bundleOptions(outfile);
  const { metafile } = await build({
    ...options,
    external: [],
    metafile: true,
    define: { ...options.define, ...known('BUILD_COMMIT', commit()), ...known('RELEASE_KEY', releaseKey()) },
    plugins: [ownAddon],
  });
  if (!Object.keys(metafile.inputs).some((input) => input.endsWith('packaged-addon.ts')))
    throw new Error('better-sqlite3 no longer looks for its addon in lib/binding.js: adapt packaged-bundle.ts');
  return metafile;
}
