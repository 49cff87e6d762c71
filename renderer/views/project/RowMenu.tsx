import { MenuTrigger } from 'react-aria-components';
import { copyText } from '../../client/clipboard.ts';
import { desktop } from '../../client/desktop.ts';
import { closeDataset, closeRoot } from '../../stores/close-effects.ts';
import { listFolder } from '../../stores/folder-effects.ts';
import { openPath } from '../../stores/open-effects.ts';
import { useUi } from '../../stores/ui-store.ts';
import { text } from '../../strings/en.ts';
import { IconButton } from '../../widgets/IconButton.tsx';
import { type MenuEntry, MenuPopover } from '../../widgets/Menu.tsx';
import type { TreeNode } from './tree-nodes.ts';
import styles from './ProjectTree.module.css';

/** What can be done with a row, behind its button and its right-click. */
export function RowMenu({ node, isOpen, onOpenChange }: { node: TreeNode; isOpen: boolean; onOpenChange(open: boolean): void }) {
  return (
    <span className={styles.menu} data-open={isOpen || undefined}>
      <MenuTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
        <IconButton icon="more" label={text.tree.moreActions(node.name)} small onPress={() => undefined} />
        {isOpen && <MenuPopover label={text.tree.moreActions(node.name)} placement="bottom end" groups={groupsOf(node)} />}
      </MenuTrigger>
    </span>
  );
}

function groupsOf(node: TreeNode) {
  const { path, opened } = node;
  const single = opened?.single;
  const reading: MenuEntry[] = [
    ...(node.kind === 'folder'
      ? []
      : [{ id: 'open-as', label: text.tree.openAs, icon: 'gear', run: () => void openPath(path, { ask: true }) } as const]),
    ...(single
      ? [{ id: 'single', label: text.tree.openSingle, icon: 'file', run: () => void openPath(single, { ask: true }) } as const]
      : []),
    ...(opened && opened.info.warnings.length > 0
      ? [
          {
            id: 'warnings',
            label: text.tree.warnings,
            icon: 'warning',
            run: () => useUi.getState().show({ kind: 'warnings', title: node.name, warnings: opened.info.warnings }),
          } as const,
        ]
      : []),
    ...(node.kind === 'folder'
      ? [{ id: 'refresh', label: text.tree.refresh, icon: 'loop', run: () => void listFolder(path, true) } as const]
      : []),
  ];
  const places: MenuEntry[] = [
    ...(desktop ? [{ id: 'reveal', label: text.tree.reveal, icon: 'folder', run: () => void desktop?.revealInFolder(path) } as const] : []),
    { id: 'copy-path', label: text.tree.copyPath, icon: 'copy', run: () => void copyText(path) },
  ];
  const closing: MenuEntry[] = node.root
    ? [
        {
          id: 'close',
          label: node.kind === 'folder' ? text.tree.closeFolder : text.tree.close,
          icon: 'close',
          run: () => void closeRoot(path),
        },
      ]
    : opened
      ? [{ id: 'close', label: text.tree.close, icon: 'close', run: () => void closeDataset(opened.id) }]
      : [];
  return [
    { id: 'reading', entries: reading },
    { id: 'places', entries: places },
    { id: 'closing', entries: closing },
  ];
}
