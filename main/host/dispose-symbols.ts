// Node 16, inside the oldest Electron, has no dispose symbols. First import of every entry that runs there; the keys are those that lowered
// `using` declarations fall back to.
const symbols: { [name: string]: unknown } = Symbol as unknown as { [name: string]: unknown };
for (const name of ['dispose', 'asyncDispose']) {
  if (!symbols[name]) Object.defineProperty(Symbol, name, { value: Symbol.for(`Symbol.${name}`) });
}
