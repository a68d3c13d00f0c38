import type { Argv, CommandModule } from 'yargs';
import { example } from '../../cli/example.ts';
import { Terminal } from '../../terminal/terminal.ts';
import { type MapArguments, mapOptions, mappedApp } from './mapped-app.ts';

export const suggest: CommandModule<object, MapArguments> = {
  command: 'suggest',
  describe: 'Print lines for attributes that are in use in the directory and not yet mapped',
  builder: (yargs: Argv) =>
    mapOptions(yargs).example(
      ...example('map suggest --config connector.toml', 'TOML to paste, with shares of the entries'),
    ),
  handler: async (given) => {
    const terminal = new Terminal(given);
    const { app, mapping } = await mappedApp(given, terminal);
    const { surveys, text } = await mapping.suggest(app);
    if (terminal.json) terminal.printJson(surveys);
    else terminal.print(text);
  },
};
