import { app } from 'electron';
import { runCommand } from '../cli/run-command.ts';

/** The packed program answers the commands of the command line itself; no window, and no display needed. */
export async function runCommandHere(args: readonly string[]): Promise<void> {
  app.commandLine.appendSwitch('ozone-platform', 'headless');
  app.disableHardwareAcceleration();
  app.exit(await runCommand([...args]));
}
