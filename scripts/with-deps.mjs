// Runs a script of this repository after installing the packages that package-lock.json asks for, if they are not there yet.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'node_modules', '.installed-lock');
const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  console.error('Installing packages (only after the lock file changed; about half a minute) ...');
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
  const options = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  // Install chatter goes to stderr: stdout belongs to the command, which may print JSON.
  const done = spawnSync(npm[0], [...npm.slice(1), ...options], { cwd: root, stdio: ['ignore', 2, 2], shell: npm[0] === 'npm.cmd' });
  if (done.status !== 0) process.exit(done.status ?? 1);
  writeFileSync(stamp, lock);
}

const [script, ...args] = process.argv.slice(2);
const env = { ...process.env, PATH: join(root, 'node_modules', '.bin') + delimiter + (process.env.PATH ?? '') };
const child = spawn(process.execPath, [join(root, script), ...args], { stdio: 'inherit', env });
// A terminal sends Ctrl-C to the whole group: the child decides how to end, we only pass on what it said.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  for (const name of ['SIGINT', 'SIGTERM']) process.removeAllListeners(name);
  if (signal) process.kill(process.pid, signal);
  else process.exit(code ?? 1);
});
