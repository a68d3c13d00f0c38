/** What starts this program here, for commands to copy: in a checkout it is no word of the shell. */
export const programName = (env: NodeJS.ProcessEnv = process.env): string =>
  env['npm_lifecycle_event'] === 'connector' ? 'npm run -s connector --' : 'scim-connector';
