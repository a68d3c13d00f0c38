/**
 * Arguments of yargs' `example`: what it is for as a comment, and the command alone on a line, however long, so that it
 * can be copied.
 */
export const example = (command: string, use: string): [lines: string, description: ''] => [
  `# ${use}\n$0 ${command}`,
  '',
];
