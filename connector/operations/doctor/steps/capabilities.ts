import type { Step } from '../step.ts';

/** What Okta asks first, on Test and again on Save (docs/okta-agent.md, Traffic). */
export const capabilities: Step = {
  name: 'getImplementedUserManagementCapabilities',
  title: 'Test Connector Configuration',
  run: async ({ agent, learnt }) => {
    const names = await agent.getImplementedUserManagementCapabilities();
    learnt.capabilities = names;
    return { status: 'ok', text: `Okta will offer ${names.length} functions` };
  },
};
