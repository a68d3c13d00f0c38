import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

export interface DocumentedCommand {
  readonly page: string;
  /** Without the prompt, `sudo` and what starts the program in a checkout. */
  readonly command: string;
  /** It stands behind a prompt: a person copies it as it is. */
  readonly isCopied: boolean;
}

/** In a checkout, on an installed host, on Windows. */
const PROGRAM =
  /^(?:sudo (?:-u \S+ )?)?(?:npm run -s connector -- |(?:\.\/|[\w./:\\-]*[/\\])?scim-connector(?:\.exe)? )(?=[a-z])/;

/** Lines of blocks, fenced and indented, and what stands between backticks. */
function* linesOf(text: string): Generator<{ readonly line: string; readonly isCopied: boolean }> {
  for (const [, prompt, line = ''] of text.matchAll(/^ {4}(\$ )?(.*)$/gm))
    yield { line, isCopied: prompt !== undefined };
  for (const [, inner = ''] of text.matchAll(/^```\w*\n([\s\S]*?)^```/gm))
    for (const line of inner.split('\n')) yield { line: line.replace(/^\$ /, ''), isCopied: line.startsWith('$ ') };
  for (const [, code = ''] of text.replaceAll(/^(```[\s\S]*?^```| {4}.*$)/gm, '').matchAll(/`([^`\n]+)`/g))
    yield { line: code, isCopied: false };
}

/** Every command of ours that the documentation names. */
export function documentedCommands(): readonly DocumentedCommand[] {
  const pages = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
  return ['README.md', ...pages.map((name) => `docs/${name}`)].flatMap((page) =>
    [...linesOf(readFileSync(join(ROOT, page), 'utf8'))].flatMap(({ line, isCopied }) =>
      PROGRAM.test(line) ? [{ page, command: line.replace(PROGRAM, ''), isCopied }] : [],
    ),
  );
}
