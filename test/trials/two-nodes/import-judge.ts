/** Somebody as a list shows them. */
export interface Listed {
  readonly id: string;
  readonly userName: string;
}

/** What is known of everybody when an import begins. */
export interface Due {
  /** Ids by name: there before it began, and nobody takes them away until it has ended. */
  readonly due: ReadonlyMap<string, string>;
  /** Whether somebody may be there besides. */
  mayBe(name: string): boolean;
}

const some = (names: readonly string[]): string => `${names.length}, ${names.slice(0, 3).join(', ')} among them`;

/** @returns what is wrong about an import: who is missing, who was shown twice, under another id, or though nobody made them */
export function judgeImport(listed: readonly Listed[], { due, mayBe }: Due): readonly string[] {
  const seen = new Map<string, string>();
  const [twice, changed, strange]: string[][] = [[], [], []];
  for (const { id, userName } of listed) {
    const known = seen.get(userName) ?? due.get(userName);
    if (known !== undefined && known !== id) changed?.push(userName);
    else if (seen.has(userName)) twice?.push(userName);
    if (!due.has(userName) && !mayBe(userName)) strange?.push(userName);
    seen.set(userName, id);
  }
  const missing = [...due.keys()].filter((name) => !seen.has(name));
  return [
    [missing, 'missing'],
    [twice ?? [], 'shown twice'],
    [changed ?? [], 'under another id'],
    [strange ?? [], 'shown, and nobody made them'],
  ].flatMap(([names, what]) => (names && names.length > 0 ? [`import: ${what} ${some(names as string[])}`] : []));
}
