/** Between connectors that share a database. */
export type SharingFault = 'node-mapping-differs' | 'node-id-twice' | 'shared-keys-do-not-open';
