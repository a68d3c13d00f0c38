import manifest from '../../package.json' with { type: 'json' };

/** Set by the bundler when it knows. */
declare const BUILD_COMMIT: string | undefined;

export const release: { readonly version: string; readonly commit?: string } = {
  version: manifest.version,
  ...(typeof BUILD_COMMIT === 'string' ? { commit: BUILD_COMMIT } : {}),
};
