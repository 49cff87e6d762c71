import type { ReactNode } from 'react';
import { desktop } from '../../client/desktop.ts';
import { dragOut } from '../../stores/drag-out-effects.ts';
import { showDataset } from '../../stores/open-effects.ts';
import { exportText } from '../../strings/export-text.ts';
import type { TreeNode } from './tree-nodes.ts';

/** On the desktop the thumbnail of an open dataset can be dragged to the file manager: the buffer on the screen as a file. */
export function DragHandle({ node, children }: { node: TreeNode; children: ReactNode }) {
  const { opened } = node;
  if (!desktop || !opened) return children;
  return (
    <span
      draggable
      title={exportText.dragHint}
      // The row would take the press, and a row that is pressed is never dragged: a click is handed on below.
      onPointerDown={(event) => event.stopPropagation()}
      onMouseDown={(event) => event.stopPropagation()}
      onClick={(event) => {
        event.stopPropagation();
        showDataset(opened.id);
      }}
      onDragStart={(event) => {
        event.preventDefault();
        void dragOut(opened.id);
      }}
    >
      {children}
    </span>
  );
}
