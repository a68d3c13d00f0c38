/** The SQLite addon that is packed for the Node we bring crashes an older one without a word. */
const NEEDED = 24;

/** Why this Node cannot run the connector. */
export function unfitNode(version = process.versions.node): string | undefined {
  if (Number.parseInt(version, 10) >= NEEDED) return undefined;
  return `this is Node ${version}, and the connector needs Node ${NEEDED}: use the executable, or from a checkout "npm run -s connector -- VERB", which brings its own`;
}
