// Preloaded into pkg 6.23.0, which has no switch for either:
// 1. Its temporary folder has a random name that ends up inside the executable. A fixed name makes two builds identical.
// 2. It accepts "seaConfig" in its configuration but never forwards it. We add our fields to the file it writes.
const files = require('node:fs/promises');

const { mkdtemp, writeFile } = files;

files.mkdtemp = async (prefix, ...rest) => {
  if (!prefix.endsWith('pkg-sea-')) return mkdtemp(prefix, ...rest);
  const folder = `${prefix}build`;
  await files.rm(folder, { recursive: true, force: true });
  await files.mkdir(folder, { recursive: true });
  return folder;
};

// A foreign NODE_OPTIONS must not break or hijack the executable. The flags are the start scripts' own (DECISIONS.md).
const SEA = { execArgvExtension: 'none', execArgv: require('../package.json').scripts.connector.match(/--[a-z-]+=\S+/g) };

files.writeFile = (file, content, ...rest) => {
  const isSea = String(file).endsWith('sea-config.json');
  return writeFile(file, isSea ? JSON.stringify({ ...JSON.parse(content), ...SEA }) : content, ...rest);
};
