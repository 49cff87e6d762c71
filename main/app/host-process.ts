import { MessageChannelMain, utilityProcess } from 'electron';
import type { UtilityProcess, WebFrameMain } from 'electron';
import type { HostRestart, PortName } from '../../preload/api.ts';
import { PORT_CHANNEL } from '../../preload/channels.ts';
import { MAX_RESTARTS, restartLimit } from './restart-limit.ts';

export interface HostProcess {
  /** Hands a new port to the host and its other end to the page. */
  connect(frame: WebFrameMain, name: PortName, id: string): void;
  /** Starts a host that stayed down. */
  restart(): void;
  close(): void;
  readonly pid: number | undefined;
}

/**
 * The host runs in a process of its own, owned here: when it ends unasked it is started again, and the page is told,
 * because its ports are dead and its datasets have to be opened again.
 */
export function startHostProcess(script: string, onEnded: (restart: HostRestart) => void): HostProcess {
  const mayRestart = restartLimit();
  let closing = false;
  let child: UtilityProcess | undefined;

  function start(): void {
    const started = utilityProcess.fork(script, [], { serviceName: 'Streakline host', stdio: 'inherit' });
    started.on('exit', (code) => {
      if (child === started) child = undefined;
      if (closing) return;
      const healed = mayRestart();
      if (healed) start();
      const what = `The process that reads the data ended unexpectedly (code ${code})`;
      onEnded({
        healed,
        reason: healed ? `${what} and was started again.` : `${what} ${MAX_RESTARTS + 1} times within a minute and was not started again.`,
      });
    });
    child = started;
  }

  start();
  return {
    connect(frame, name, id) {
      if (!child) return;
      const { port1, port2 } = new MessageChannelMain();
      child.postMessage({ name }, [port1]);
      frame.postMessage(PORT_CHANNEL, { name, id }, [port2]);
    },
    restart() {
      if (!child) start();
    },
    close() {
      closing = true;
      child?.kill();
    },
    get pid() {
      return child?.pid;
    },
  };
}
