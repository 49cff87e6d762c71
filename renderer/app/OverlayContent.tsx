import { type Overlay, useUi } from '../stores/ui-store.ts';
import { AboutDialog } from '../views/dialogs/AboutDialog.tsx';
import { BrowseDialog } from '../views/dialogs/BrowseDialog.tsx';
import { ErrorDialog } from '../views/dialogs/ErrorDialog.tsx';
import { ExportDialog } from '../views/dialogs/ExportDialog.tsx';
import { FormatsDialog } from '../views/dialogs/FormatsDialog.tsx';
import { GoToDialog } from '../views/dialogs/GoToDialog.tsx';
import { OpenAsDialog } from '../views/dialogs/OpenAsDialog.tsx';
import { ShortcutSheet } from '../views/dialogs/ShortcutSheet.tsx';
import { WarningsDialog } from '../views/dialogs/WarningsDialog.tsx';
import { BinDialog } from '../views/particles/BinDialog.tsx';
import { CommandPalette } from '../views/palette/CommandPalette.tsx';

export default function OverlayContent({ overlay }: { overlay: Overlay }) {
  const close = (): void => useUi.getState().show(undefined);
  switch (overlay.kind) {
    case 'palette':
      return <CommandPalette onClose={close} />;
    case 'shortcuts':
      return <ShortcutSheet onClose={close} />;
    case 'go-to':
      return <GoToDialog onClose={close} />;
    case 'about':
      return <AboutDialog onClose={close} />;
    case 'formats':
      return <FormatsDialog onClose={close} />;
    case 'browse':
      return <BrowseDialog choose={overlay.choose} onClose={close} />;
    case 'open-as':
      return <OpenAsDialog key={overlay.path} {...overlay} onClose={close} />;
    case 'export':
      return <ExportDialog viewId={overlay.view} onClose={close} />;
    case 'bin':
      return <BinDialog viewId={overlay.view} onClose={close} />;
    case 'warnings':
      return <WarningsDialog {...overlay} onClose={close} />;
    case 'error':
      return <ErrorDialog {...overlay} onClose={close} />;
  }
}
