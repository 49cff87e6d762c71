import { join } from 'node:path';
import { app } from 'electron';
import { COMMANDS } from '../cli/commands.ts';
import { readArguments } from './arguments.ts';
import { startDesktop } from './desktop.ts';
import { registerPageScheme } from './page-protocol.ts';

// Everything in this file happens before the app is ready: names, folders, the page's scheme and who may start at all.
app.setName('Streakline');
const userData = app.commandLine.getSwitchValue('user-data-dir') || join(app.getPath('appData'), 'streakline');
app.setPath('userData', userData);
registerPageScheme();

const given = readArguments(process.argv, process.defaultApp === true, process.cwd(), (word) => COMMANDS.includes(word));

// The command line is a chunk of its own, which a window does not wait for.
if (given.command) void import('./command-mode.ts').then(({ runCommandHere }) => runCommandHere(given.command ?? []));
else startDesktop(given);
