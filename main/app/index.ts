import { join } from 'node:path';
import { app } from 'electron';
import { COMMANDS } from '../cli/commands.ts';
import { readArguments } from './arguments.ts';
import { runCommandHere } from './command-mode.ts';
import { startDesktop } from './desktop.ts';
import { registerPageScheme } from './page-protocol.ts';

// Everything in this file happens before the app is ready: names, folders, the page's scheme and who may start at all.
app.setName('Streakline');
const userData = app.commandLine.getSwitchValue('user-data-dir') || join(app.getPath('appData'), 'streakline');
app.setPath('userData', userData);
registerPageScheme();

const given = readArguments(process.argv, process.defaultApp === true, process.cwd(), (word) => COMMANDS.includes(word));

if (given.command) runCommandHere(given.command);
else startDesktop(given);
