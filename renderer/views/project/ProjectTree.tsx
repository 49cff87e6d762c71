import { Button, ListLayout, Tree, TreeItem, TreeItemContent, Virtualizer } from 'react-aria-components';
import { useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { bufferKind } from '../../stores/dataset-detail.ts';
import { expandFolders } from '../../stores/folder-effects.ts';
import { openPath } from '../../stores/open-effects.ts';
import { useDatasets } from '../../stores/dataset-store.ts';
import { useProject } from '../../stores/project-store.ts';
import { useUi } from '../../stores/ui-store.ts';
import { useViews } from '../../stores/view-store.ts';
import { text } from '../../strings/en.ts';
import { Badge } from '../../widgets/Badge.tsx';
import { cx } from '../../widgets/class-names.ts';
import { Icon } from '../../widgets/Icon.tsx';
import { Thumbnail } from '../thumbnails/Thumbnail.tsx';
import { DragHandle } from './DragHandle.tsx';
import { RowMenu } from './RowMenu.tsx';
import { expandedKeys, projectNodes, type TreeInput, type TreeNode } from './tree-nodes.ts';
import styles from './ProjectTree.module.css';

/** From a row to those inside of it: below the name of a folder, below the picture of a dataset. */
const INDENT_PIXELS = { folder: 12, dataset: 30 };
const FIRST_INDENT_PIXELS = 8;
const CONTENT_ICONS = { images: 'image', vectors: 'vectors', particles: 'tracks' } as const;
/** A folder may hold thousands: only the rows on the screen are made, and measured then. */
const ROWS = { estimatedRowSize: 44 };

/** Folders and datasets. A press or Enter opens a dataset and folds a folder; arrows go through the rows. */
export function ProjectTree() {
  const { roots, listings, origins, failures, filter, expanded } = useProject();
  const opened = useDatasets((state) => state.opened);
  const active = useViews((state) => (state.active === undefined ? undefined : state.views[state.active]?.dataset));
  const shown = useShownKinds();
  const nodes = projectNodes({ roots, listings, opened, origins, failures, filter, ...shown });
  const open = expandedKeys(nodes, expanded, filter);
  const act = (key: string): void => {
    const node = findNode(nodes, key);
    if (node?.kind === 'folder') expandFolders(open.includes(key) ? open.filter((path) => path !== key) : [...open, key]);
    else if (node && node.kind !== 'note') void openNode(node);
  };
  return (
    <Virtualizer layout={ListLayout} layoutOptions={ROWS}>
      <Tree
        className={styles.tree ?? ''}
        aria-label={text.tree.label}
        items={nodes}
        selectionMode="none"
        expandedKeys={open}
        onExpandedChange={(keys) => expandFolders([...keys].map(String))}
        onAction={(key) => act(String(key))}
        renderEmptyState={() => <p className={styles.note}>{text.tree.noMatch}</p>}
        dependencies={[active, open]}
      >
        {(node) => <Row node={node} active={active} indent={FIRST_INDENT_PIXELS} />}
      </Tree>
    </Virtualizer>
  );
}

function openNode({ path, format, options }: TreeNode): Promise<void> {
  return openPath(path, options && format !== undefined ? { member: { format, options } } : {});
}

/** What the datasets on the screen hold, in words that do not change from buffer to buffer. */
function useShownKinds(): Pick<TreeInput, 'kinds' | 'vectors'> {
  const kinds = useViews(
    useShallow((state) =>
      Object.fromEntries(Object.values(state.views).map(({ dataset, bufferInfo }) => [dataset, bufferInfo ? bufferKind(bufferInfo) : ''])),
    ),
  );
  const vectors = useViews(
    useShallow((state) =>
      Object.values(state.views)
        .filter(({ bufferInfo }) => bufferInfo?.frames[0]?.kind === 'vector')
        .map(({ dataset }) => dataset),
    ),
  );
  return { kinds, vectors };
}

function findNode(nodes: readonly TreeNode[], key: string): TreeNode | undefined {
  for (const node of nodes) {
    const found = node.key === key ? node : findNode(node.children ?? [], key);
    if (found) return found;
  }
  return undefined;
}

function Row({ node, active, indent }: { node: TreeNode; active: string | undefined; indent: number }) {
  const [menuOpen, setMenuOpen] = useState(false);
  const isActive = active !== undefined && (node.ids?.includes(active) ?? false);
  const words = [node.name, node.detail, node.opened && text.tree.isOpen, node.failure && text.tree.failed].filter(Boolean).join(', ');
  return (
    <TreeItem
      id={node.key}
      textValue={words}
      className={cx(styles.item, isActive && styles.active, node.kind === 'note' && styles.muted)}
      hasChildItems={node.kind === 'folder' || node.children !== undefined}
      onContextMenu={(event) => {
        event.preventDefault();
        event.stopPropagation();
        if (node.kind !== 'note') setMenuOpen(true);
      }}
    >
      <TreeItemContent>
        {({ isExpanded }) => (
          <div className={cx(styles.row, node.kind === 'dataset' && styles.tall)} style={{ paddingLeft: indent }}>
            {(node.kind === 'folder' || node.children) && (
              <Button slot="chevron" className={styles.chevron ?? ''}>
                <Icon name={isExpanded ? 'down' : 'right'} />
              </Button>
            )}
            {node.kind === 'note' ? <span className={styles.note}>{node.name}</span> : <Words node={node} isExpanded={isExpanded} />}
            {node.kind !== 'note' && <RowMenu node={node} isOpen={menuOpen} onOpenChange={setMenuOpen} />}
          </div>
        )}
      </TreeItemContent>
      {node.children?.map((child) => (
        <Row key={child.key} node={child} active={active} indent={indent + INDENT_PIXELS[node.kind === 'dataset' ? 'dataset' : 'folder']} />
      ))}
    </TreeItem>
  );
}

function Words({ node, isExpanded }: { node: TreeNode; isExpanded: boolean }) {
  const icon =
    node.kind === 'folder' ? (isExpanded ? 'open' : 'folder') : node.kind === 'file' ? 'file' : CONTENT_ICONS[node.content ?? 'images'];
  const opening = useUi((state) => state.opening.includes(node.path));
  const detail = opening ? text.status.opening('', 1) : (node.failure?.message ?? node.detail);
  return (
    <>
      {node.kind === 'dataset' ? (
        <DragHandle node={node}>
          <Thumbnail
            path={node.path}
            {...(node.format === undefined ? {} : { format: node.format })}
            {...(node.options === undefined ? {} : { options: node.options })}
            icon={icon}
          />
        </DragHandle>
      ) : (
        <Icon name={icon} className={styles.kind ?? ''} />
      )}
      <span className={styles.words} title={node.path}>
        <span className={styles.name}>{node.name}</span>
        {node.kind === 'dataset' && detail && <small>{detail}</small>}
      </span>
      {node.failure && (
        <Badge tone="danger" icon="error" title={node.failure.message}>
          {text.tree.failed}
        </Badge>
      )}
      {!node.failure && node.notices > 0 && (
        <Badge tone="warn" icon="warning" title={text.tree.warningCount(node.notices)}>
          {text.grouped(node.notices)}
        </Badge>
      )}
    </>
  );
}
