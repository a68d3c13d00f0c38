export const median = (list: readonly number[]): number =>
  [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;

/**
 * Each in turn, and all of it again: what disturbs one, disturbs its neighbours.
 * @returns for each the results of its rounds
 */
export async function alternating<Results extends Readonly<Record<string, unknown>>>(
  rounds: number,
  measures: { readonly [Name in keyof Results]: () => Promise<Results[Name]> },
): Promise<{ readonly [Name in keyof Results]: readonly Results[Name][] }> {
  const names = Object.keys(measures) as (keyof Results)[];
  const results = Object.fromEntries(names.map((name) => [name, [] as unknown[]])) as {
    [Name in keyof Results]: Results[Name][];
  };
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) results[name].push(await measures[name]());
  }
  return results;
}
