import { describeBackend } from '../conformance/backend.ts';
import { MemoryBackend } from '../conformance/memory/memory-backend.ts';

describeBackend('memory', async () => {
  const backend = new MemoryBackend();
  await backend.open();
  return backend;
});
