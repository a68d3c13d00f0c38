/** What goes into a package beside the program. */
import { join } from 'node:path';
import { SHELLS } from '../bin/cli/completion-script.ts';
import { manPage } from '../bin/cli/man-page.ts';
import { pagesIn } from '../bin/host/manual.ts';
import { ROOT } from './bundle-options.ts';
import { put } from './file-tree.ts';
import { handbook } from './handbook.ts';
import { name, version } from './release.ts';

export interface Papers {
  readonly licenses: string;
  /** scim-connector(1) as it is read by man(1). */
  readonly manPage: string;
  /** The documentation: Markdown by topic, and as one HTML page. */
  readonly pages: Readonly<Record<string, string>>;
  readonly handbook: string;
}

export async function papersWith(licenses: string): Promise<Papers> {
  const pages = pagesIn(join(ROOT, 'docs'));
  return { licenses, manPage: await manPage(), pages, handbook: handbook(pages, version) };
}

/** What monitoring loads, from docs/metrics.md. */
const FOR_MONITORING = ['grafana-dashboard.json', 'prometheus-rules.yml'];

/** The documentation, in a folder of its own. @param folder  within `root` */
export function putDocumentation(root: string, folder: string, { pages, handbook: html }: Papers): void {
  for (const [topic, text] of Object.entries(pages)) put(root, `${folder}/${topic}.md`, { text });
  put(root, `${folder}/handbook.html`, { text: html });
  for (const file of FOR_MONITORING) put(root, `${folder}/${file}`, { from: join(ROOT, 'docs', file) });
}

/** Where the distributions' shells look. */
export function putCompletions(root: string): void {
  put(root, `usr/share/bash-completion/completions/${name}`, { text: SHELLS.bash });
  // Debian's zsh looks in vendor-completions, the others' in site-functions.
  for (const folder of ['vendor-completions', 'site-functions'])
    put(root, `usr/share/zsh/${folder}/_${name}`, { text: SHELLS.zsh });
}
