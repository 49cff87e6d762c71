/** True for names that one of the patterns matches whole: * stands for any text, ? for one character; case counts. No pattern matches all. */
export function globMatcher(patterns: readonly string[]): (name: string) => boolean {
  if (patterns.length === 0) return () => true;
  const expressions = patterns.map((pattern) => new RegExp(`^${[...pattern].map(partOf).join('')}$`, 'su'));
  return (name) => expressions.some((expression) => expression.test(name));
}

function partOf(letter: string): string {
  if (letter === '*') return '.*';
  return letter === '?' ? '.' : letter.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
}
