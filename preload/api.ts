/** Which service of the host a port speaks to: calls and events for the page, or planes for a draw worker. Both speak the same contract. */
export type PortName = 'control' | 'frames';

/**
 * A port arrives as a `message` event of the window: `event.data` is this, `event.ports[0]` the port, `event.source` the window itself.
 * Attach the listener before asking with requestPort; `id` is the one that was given there.
 */
export interface PortMessage {
  readonly tag: 'streakline-port';
  readonly name: PortName;
  readonly id: string;
}

export interface RecentEntry {
  readonly path: string;
  readonly title: string;
  /** Short line such as 'Vectors, 40 buffers'. */
  readonly detail?: string;
  /** Milliseconds since 1970. */
  readonly openedAt: number;
  readonly pinned: boolean;
}

export type ThemeSource = 'system' | 'light' | 'dark';

export type DialogKind = 'files' | 'folder';

/** A file to be written: the path that is offered, and what kind it is. */
export interface SaveWish {
  readonly path: string;
  readonly label: string;
  /** Without dots; none for folders. */
  readonly extensions: readonly string[];
}

export interface HostRestart {
  /** True: a new host runs, ask for new ports and reopen. False: it ended too often and stays down until `restartHost`. */
  readonly healed: boolean;
  /** One sentence for the user. */
  readonly reason: string;
}

/** What the desktop shell offers to its page as `window.streakline`; absent in a browser. */
export interface DesktopApi {
  /** 'darwin', 'linux' or 'win32'. */
  readonly platform: string;
  readonly version: string;
  readonly versions: { readonly electron: string; readonly chrome: string };

  /** Chosen paths; empty when the user cancelled. */
  openDialog(kind: DialogKind): Promise<readonly string[]>;
  /** Where to write, asked in the system's dialog, which also asks before a file is replaced; undefined when the user cancelled. */
  saveDialog(wish: SaveWish): Promise<string | undefined>;
  /** A fresh folder for files that are dragged out of the window; it is removed when the program ends. */
  dragFolder(): Promise<string>;
  /** Goes on with the drag that is under way as one of these files, which lie in a drag folder. */
  startDrag(paths: readonly string[]): Promise<void>;
  /** Goes on with the drag that is under way as a PNG file of this name. */
  dragPicture(name: string, png: Uint8Array): Promise<void>;
  /** Path of a dropped file or folder; empty text where it has none (dragged out of another page). */
  pathForFile(file: File): string;
  /** Shows a file selected in the system's file manager. */
  revealInFolder(path: string): Promise<void>;
  /** Folder of the bundled example project; undefined where it is not installed. */
  examplePath(): Promise<string | undefined>;

  /** Newest first, pinned ones before. Every change replies with the new list. */
  readonly recent: {
    list(): Promise<readonly RecentEntry[]>;
    add(entry: { readonly path: string; readonly title: string; readonly detail?: string }): Promise<readonly RecentEntry[]>;
    pin(path: string, pinned: boolean): Promise<readonly RecentEntry[]>;
    remove(path: string): Promise<readonly RecentEntry[]>;
    /** Forgets all that are not pinned. */
    clear(): Promise<readonly RecentEntry[]>;
  };

  /** Small facts that outlive the window, stored as JSON; undefined where nothing was stored under that name. */
  readonly settings: {
    get(name: string): Promise<unknown>;
    set(name: string, value: unknown): Promise<void>;
  };

  /** What the user chose; the page itself follows the media query prefers-color-scheme, which obeys this choice. */
  readonly theme: {
    get(): Promise<ThemeSource>;
    set(source: ThemeSource): Promise<void>;
  };

  /** Asks for a new port to the host; it comes as a PortMessage. */
  requestPort(name: PortName, id: string): void;
  /** Starts the host again after it ended too often. */
  restartHost(): Promise<void>;

  /** Paths from the command line, a double click or a second start, also those that came before this call. Returns the unsubscriber. */
  onOpenPaths(listener: (paths: readonly string[]) => void): () => void;
  onHostRestarted(listener: (restart: HostRestart) => void): () => void;
}

declare global {
  interface Window {
    readonly streakline?: DesktopApi;
  }
}
