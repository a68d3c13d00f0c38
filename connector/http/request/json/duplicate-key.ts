import { createScanner } from 'jsonc-parser';

/** The key that stands twice in one object of a JSON text, which a parsed value no longer tells. */
export function duplicateKey(text: string): string | undefined {
  const scanner = createScanner(text, true);
  // For each open object the names so far; for each open list none.
  const open: (Set<string> | undefined)[] = [];
  let last = '';
  for (scanner.scan(); scanner.getTokenOffset() < text.length; scanner.scan()) {
    const first = text[scanner.getTokenOffset()];
    if (first === '{' || first === '[') open.push(first === '{' ? new Set() : undefined);
    else if (first === '}' || first === ']') open.pop();
    else if (first === '"') last = scanner.getTokenValue();
    else if (first === ':') {
      const names = open.at(-1);
      if (names?.has(last)) return last;
      names?.add(last);
    }
  }
  return undefined;
}
