/**
 * Files may name others: by external links, external data, pieces of virtual data sets. The library opens those by itself, wherever they lie,
 * so that a file could show any other of this machine. Here every opening is asked for first.
 */
let mayOpen: (file: string, named: string) => boolean = () => false;
let working: string | undefined;

/** Whether `named` may be opened for `file`, both paths on the disk. Nothing but the file itself where no rule is set. */
export function setHdf5Reach(rule: (file: string, named: string) => boolean): void {
  mayOpen = rule;
}

/** Runs calls of the library that are about a file. */
export function onBehalfOf<T>(file: string, work: () => T): T {
  const before = working;
  working = file;
  try {
    return work();
  } finally {
    working = before;
  }
}

/** What the library's file system throws for a refused access. */
const refusal = (): Error => Object.assign(new Error('access refused'), { name: 'ErrnoError', errno: 2 });

/** O_CREAT with O_EXCL: a file that was not there before shows nothing. The library writes its errors to such a one. */
const NEW_FILE = 0o300;

/** What is refused looks to the library like a file without access: a link becomes a broken one, a read fails, a virtual piece is blank. */
export function limitReach<Flags, Rest extends unknown[], Stream>(
  FS: { open(path: string, flags: Flags, ...rest: Rest): Stream },
  pluginFolder: string | undefined,
): void {
  const open = FS.open.bind(FS);
  FS.open = (path, flags, ...rest) => {
    const own =
      path === working || (Number(flags) & NEW_FILE) === NEW_FILE || (pluginFolder !== undefined && path.startsWith(pluginFolder));
    if (working !== undefined && !own && !mayOpen(working, path)) throw refusal();
    return open(path, flags, ...rest);
  };
}
