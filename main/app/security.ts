import { app, session } from 'electron';
import type { IpcMainInvokeEvent, Session, WebContents } from 'electron';
import { PAGE_URL } from './page-protocol.ts';

/** Copying text or a picture, which the browser allows on a user's gesture; everything else is refused. */
const ALLOWED_PERMISSION = 'clipboard-sanitized-write';

function isOurPage(url: string | undefined): boolean {
  return url?.startsWith(PAGE_URL) ?? false;
}

/** Only the top frame of our own page may ask the main process for anything. */
export function isTrustedSender(event: Pick<IpcMainInvokeEvent, 'senderFrame'>): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && isOurPage(frame.url);
}

function confineContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

function confineSession(ours: Session): void {
  ours.setPermissionRequestHandler((contents, permission, decide) =>
    decide(permission === ALLOWED_PERMISSION && isOurPage(contents?.getURL())),
  );
  ours.setPermissionCheckHandler((contents, permission) => permission === ALLOWED_PERMISSION && isOurPage(contents?.getURL()));
  ours.setDevicePermissionHandler(() => false);
  // The page needs nothing from a network or from other files; the content security policy says the same once more.
  ours.webRequest.onBeforeRequest(
    { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*'] },
    (_request, reply) => reply({ cancel: true }),
  );
  ours.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${PAGE_URL}`)) event.preventDefault();
  });
}

/** To be called when the app is ready and before the first window. */
export function confineEverything(): void {
  app.on('web-contents-created', (_event, contents) => confineContents(contents));
  confineSession(session.defaultSession);
}
