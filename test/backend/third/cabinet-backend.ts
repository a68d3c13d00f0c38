import { MemoryBackend } from '../../conformance/memory/memory-backend.ts';

/** People in a filing cabinet, which is empty at every start. */
export class CabinetBackend extends MemoryBackend {}
