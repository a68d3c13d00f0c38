/** What `work` rejects with. @throws Error when it does not */
export async function rejection(work: Promise<unknown>): Promise<Error> {
  const nothing = Symbol('nothing');
  const error = await work.then(() => nothing).catch((reason: unknown) => reason);
  if (error instanceof Error) return error;
  throw new Error(error === nothing ? 'it did not fail' : `it rejected with ${String(error)}`);
}
