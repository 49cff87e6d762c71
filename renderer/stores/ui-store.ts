import { create } from 'zustand';
import type { ProbeCandidate } from '../../shared/contract/listing.ts';
import type { ErrorRecord } from '../../shared/model/data-error.ts';
import type { Warning } from '../../shared/model/warning.ts';

/** The one thing that lies over the window. */
export type Overlay =
  | { readonly kind: 'palette' }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'go-to' }
  | { readonly kind: 'about' }
  | { readonly kind: 'formats' }
  | { readonly kind: 'browse'; readonly choose: 'files' | 'folder' }
  | {
      readonly kind: 'open-as';
      readonly path: string;
      readonly candidates: readonly ProbeCandidate[] /** Why the dialog is here, where the user did not ask for it. */;
      readonly reason?: string;
    }
  | { readonly kind: 'export'; readonly view: string }
  | { readonly kind: 'bin'; readonly view: string }
  | { readonly kind: 'warnings'; readonly title: string; readonly warnings: readonly Warning[] }
  | {
      readonly kind: 'error';
      readonly title: string;
      readonly error: ErrorRecord /** The path that can be tried again. */;
      readonly path?: string;
    };

/** Filters and statistics are there for particles only. */
export type InspectorPage = 'display' | 'filters' | 'attributes' | 'statistics';

/** Panels that F6 goes through, in this order. */
export const FOCUS_PANELS = ['top-bar', 'tree', 'centre', 'inspector', 'timeline', 'status-bar'] as const;

interface UiState {
  readonly overlay: Overlay | undefined;
  readonly inspectorPage: InspectorPage;
  readonly attributeFilter: string;
  /** Inspector or tree drawn over the centre, where the window is too narrow to hold them beside it. */
  readonly drawer: 'tree' | 'inspector' | undefined;
  /** Files being dragged over the window. */
  readonly dragging: boolean;
  /** Paths being opened now. */
  readonly opening: readonly string[];
  /** The host ended and does not come back by itself. */
  readonly hostDown: string | undefined;
  show(overlay: Overlay | undefined): void;
  patch(change: Partial<Pick<UiState, 'inspectorPage' | 'attributeFilter' | 'drawer' | 'dragging' | 'opening' | 'hostDown'>>): void;
}

export const useUi = create<UiState>((set) => ({
  overlay: undefined,
  inspectorPage: 'display',
  attributeFilter: '',
  drawer: undefined,
  dragging: false,
  opening: [],
  hostDown: undefined,
  show: (overlay) => set({ overlay }),
  patch: (change) => set(change),
}));
