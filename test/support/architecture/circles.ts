/** Who knows whom. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/** Everything that can be reached from `start` by at least one step. */
export function reachable(graph: Graph, start: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [...(graph.get(start) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...(graph.get(next) ?? []));
  }
  return seen;
}

/** Groups of nodes each of which leads to all of its group. */
export function circles(graph: Graph): readonly (readonly string[])[] {
  const reach = new Map([...graph.keys()].map((node) => [node, reachable(graph, node)]));
  const grouped = new Set<string>();
  return [...graph.keys()].flatMap((node) => {
    if (grouped.has(node) || !reach.get(node)?.has(node)) return [];
    const group = [...graph.keys()].filter((other) => reach.get(node)?.has(other) && reach.get(other)?.has(node));
    for (const member of group) grouped.add(member);
    return [group.sort()];
  });
}
