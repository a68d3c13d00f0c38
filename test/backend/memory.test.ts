import { MemoryBackend } from '../../connector/backend/memory/memory-backend.ts';
import { describeBackend } from '../conformance/backend.ts';

describeBackend('memory', async () => {
  const backend = new MemoryBackend();
  await backend.open();
  return backend;
});
