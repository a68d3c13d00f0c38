import { dirname } from 'node:path';
import { privateFolder } from '../../connector/state/private-folder.ts';
import { isInstalled } from './installation.ts';
import { actAsOwner, isRoot, ownConfiguration, ownState, serviceAccount } from './service-account.ts';

/** Gives folders and files to the service as it needs them. From here on nothing is done as root any more. */
export async function handOver(configFile: string, stateDir: string): Promise<void> {
  privateFolder(stateDir);
  if (process.platform === 'win32' && isInstalled()) {
    const { runServiceHost } = await import('./service/windows-service.ts');
    runServiceHost('protect');
    return;
  }
  const account = isRoot() && isInstalled() ? serviceAccount() : undefined;
  if (!account) return;
  ownConfiguration(dirname(configFile), configFile, account);
  ownState(stateDir, account);
  actAsOwner(stateDir);
}
