/** Loads what making certificates takes: some 100 ms, worth starting while something else is waited for. */
export async function library(): Promise<typeof import('@peculiar/x509')> {
  await import('reflect-metadata');
  return import('@peculiar/x509');
}
