import { text } from '../../strings/en.ts';

/** When something was opened, in the reader's words: 'today 09:14', 'yesterday', '17 Nov', '17 Nov 2024'. Times in milliseconds since 1970. */
export function openedText(openedAt: number, now: number): string {
  const then = new Date(openedAt);
  const today = new Date(now);
  const midnight = new Date(today.getFullYear(), today.getMonth(), today.getDate()).getTime();
  const clock = `${String(then.getHours()).padStart(2, '0')}:${String(then.getMinutes()).padStart(2, '0')}`;
  if (openedAt >= midnight) return text.welcome.today(clock);
  if (openedAt >= new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1).getTime()) return text.welcome.yesterday;
  const day = `${then.getDate()} ${text.welcome.months[then.getMonth()]}`;
  return then.getFullYear() === today.getFullYear() ? day : `${day} ${then.getFullYear()}`;
}
