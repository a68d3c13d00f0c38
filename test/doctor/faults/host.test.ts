import { expect } from 'chai';
import { AGENT_FAULTS } from '../../explain/faults/agent-faults.ts';
import { DATABASE_FAULTS } from '../../explain/faults/database-faults.ts';
import { Stage } from '../../explain/faults/stage.ts';
import { gradeAll } from './graded.ts';

const UNREADABLE = 'a configuration in UTF-32';

describe('what doctor says', () => {
  const readable = AGENT_FAULTS.filter(({ name }) => name !== UNREADABLE);
  gradeAll('of a fault between Okta and the connector', readable, () => new Stage());
  gradeAll('of a fault of the database', DATABASE_FAULTS, () => new Stage());

  it(`${UNREADABLE} is wrong use, and said to be`, async () => {
    const stage = new Stage();
    try {
      const fault = AGENT_FAULTS.find(({ name }) => name === UNREADABLE);
      await fault?.plant(stage);
      const { code, stderr } = await stage.run(['doctor', '--config', `${stage.folder}/connector.toml`]);
      expect(code).to.equal(2);
      expect(stderr).to.match(/is UTF-32 text; save the file as UTF-8/);
    } finally {
      await stage.close();
    }
  });
});
