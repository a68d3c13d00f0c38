import type {
  Directory,
  Modification,
  PreAndPostRead,
  Search,
  Session,
} from '../../../connector/backend/ldap/directory/session.ts';

export type Verb = 'add' | 'modify' | 'rename' | 'delete';

/** Decides what becomes of a write: runs it, or not, or something else first. */
export type Interception = (
  verb: Verb,
  write: () => Promise<void>,
  modifications: readonly Modification[],
) => Promise<void>;

/**
 * A real directory whose writes pass through `meet`: for races that are forced, and answers that get lost.
 * @param look  comes before each search of whoever writes
 */
export function intercepted(
  directory: Directory,
  meet: Interception,
  look: (search: Search) => Promise<void> = async () => {},
): Directory {
  const through = (session: Session): Session => ({
    server: session.server,
    search: async (search) => {
      await look(search);
      return session.search(search);
    },
    pages: (search, size) => session.pages(search, size),
    setPassword: (dn, password) => session.setPassword(dn, password),
    add: (dn, attributes) => meet('add', () => session.add(dn, attributes), []),
    modify: async (dn, modifications, witness, condition) => {
      let turn: PreAndPostRead | undefined;
      const write = async (): Promise<void> => {
        turn = await session.modify(dn, modifications, witness, condition);
      };
      await meet('modify', write, modifications);
      return turn;
    },
    rename: (dn, rdn, superior, condition) => meet('rename', () => session.rename(dn, rdn, superior, condition), []),
    delete: (dn, condition) => meet('delete', () => session.delete(dn, condition), []),
  });
  return {
    rootDse: (signal) => directory.rootDse(signal),
    read: (signal, work) => directory.read(signal, work),
    cursor: (signal, work) => directory.cursor(signal, work),
    write: (signal, work) => directory.write(signal, (session) => work(through(session))),
    checkPassword: (signal, dn, password) => directory.checkPassword(signal, dn, password),
    close: () => directory.close(),
  };
}
