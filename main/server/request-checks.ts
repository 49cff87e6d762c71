import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Why a request is refused before anything else is looked at. */
export interface Refusal {
  readonly status: 401 | 403;
  readonly reason: string;
}

/**
 * Only requests to this very address and from pages of this very address: other sites that the same browser shows can neither guess their way
 * in by a name that resolves to this machine (Host) nor by a form or script (Origin).
 */
export function checkAddress(request: IncomingMessage, port: number): Refusal | undefined {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const { host, origin } = request.headers;
  if (host === undefined || !hosts.includes(host.toLowerCase())) return { status: 403, reason: 'Wrong host.' };
  if (origin !== undefined && !hosts.some((known) => origin === `http://${known}`)) return { status: 403, reason: 'Wrong origin.' };
  return undefined;
}

/** The token of the address that `serve` printed, as bearer. */
export function checkToken(request: IncomingMessage, token: string): Refusal | undefined {
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(given), digest(token)) ? undefined : { status: 401, reason: 'Wrong or missing token.' };
}

/** Equal lengths for the comparison that takes the same time for every token. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
