import { useState } from 'react';
import { Button, Tree, TreeItem, TreeItemContent } from 'react-aria-components';
import { runAction } from '../../actions/actions.ts';
import { copyText } from '../../client/clipboard.ts';
import { useDatasets } from '../../stores/dataset-store.ts';
import { useActiveStepFacts } from '../../stores/step-facts.ts';
import { useUi } from '../../stores/ui-store.ts';
import { useActiveFacts } from '../../stores/use-view-facts.ts';
import { text } from '../../strings/en.ts';
import { cx } from '../../widgets/class-names.ts';
import { Icon } from '../../widgets/Icon.tsx';
import { IconButton } from '../../widgets/IconButton.tsx';
import { SearchField } from '../../widgets/SearchField.tsx';
import { plainText } from './attribute-copy.ts';
import { type AttributeGroup, type AttributeRow, attributeGroups, filterGroups } from './attribute-groups.ts';
import { arrayRows, isLongArray, isNumberText, valueLine } from './attribute-text.ts';
import styles from './AttributesPage.module.css';
import { DevicesSection } from './DevicesSection.tsx';

/** Attributes of file, dataset, buffer and frames of the active view, searched as one. */
export function AttributesPage() {
  const filter = useUi((state) => state.attributeFilter);
  const patch = useUi((state) => state.patch);
  const groups = useActiveGroups();
  const shown = filterGroups(groups, filter);
  const count = (list: readonly AttributeGroup[]): number => list.reduce((sum, { rows }) => sum + rows.length, 0);
  return (
    <>
      <div className={styles.head}>
        <SearchField
          className={styles.search ?? ''}
          label={text.attributes.filter}
          hint={text.attributes.filter}
          value={filter}
          onChange={(value) => patch({ attributeFilter: value })}
        />
        <IconButton
          icon="copy"
          label={text.attributes.copyText}
          small
          disabled={shown.length === 0}
          onPress={() => runAction('copy-attributes-text')}
        />
        <IconButton
          icon="table"
          label={text.attributes.copyJson}
          small
          disabled={shown.length === 0}
          onPress={() => runAction('copy-attributes-json')}
        />
      </div>
      <DevicesSection />
      <AttributeTree groups={shown} empty={groups.length === 0 ? text.attributes.noView : text.attributes.noMatch} />
      <p className={styles.foot}>{text.attributes.shown(count(shown), count(groups))}</p>
    </>
  );
}

function useActiveGroups(): AttributeGroup[] {
  const view = useActiveFacts();
  const info = useDatasets((state) => (view ? state.opened[view.dataset]?.info : undefined));
  const step = useActiveStepFacts();
  if (!view || !info) return [];
  return attributeGroups(info, view.bufferInfo, (view.bufferInfo?.index ?? 0) + info.firstNumber, step);
}

function AttributeTree({ groups, empty }: { groups: readonly AttributeGroup[]; empty: string }) {
  // What is folded is remembered, so that groups that appear later are open.
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const open = [...groups.map(({ id }) => id).filter((id) => !folded.has(id)), ...unfolded];
  const change = (keys: ReadonlySet<string>): void => {
    setFolded(new Set(groups.map(({ id }) => id).filter((id) => !keys.has(id))));
    setUnfolded(new Set([...keys].filter((key) => key.includes('/'))));
  };
  return (
    <Tree
      className={styles.tree ?? ''}
      aria-label={text.attributes.tree}
      items={groups}
      selectionMode="none"
      expandedKeys={open}
      onExpandedChange={(keys) => change(new Set([...keys].map(String)))}
      renderEmptyState={() => <p className={styles.none}>{empty}</p>}
    >
      {(group) => (
        <TreeItem id={group.id} textValue={group.title} className={styles.item ?? ''}>
          <TreeItemContent>
            {({ isExpanded }) => (
              <div className={styles.group}>
                <Button slot="chevron" className={styles.chevron ?? ''}>
                  <Icon name={isExpanded ? 'down' : 'right'} />
                </Button>
                <span className={styles.title} title={group.title}>
                  {group.title}
                </span>
                <span className={styles.count}>{group.rows.length}</span>
              </div>
            )}
          </TreeItemContent>
          {group.rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </TreeItem>
      )}
    </Tree>
  );
}

function Row({ row }: { row: AttributeRow }) {
  const { value, unit } = valueLine(row.value);
  const long = isLongArray(row.value);
  return (
    <TreeItem id={row.id} textValue={`${row.name} ${value} ${unit}`} className={styles.item ?? ''} hasChildItems={long}>
      <TreeItemContent>
        {({ isExpanded }) => (
          <div className={styles.row}>
            {long && (
              <Button slot="chevron" className={styles.chevron ?? ''}>
                <Icon name={isExpanded ? 'down' : 'right'} />
              </Button>
            )}
            <span className={styles.name} title={row.name}>
              {row.name}
            </span>
            <span className={cx(isNumberText(value) ? styles.number : styles.words, unit === '' && styles.wide)} title={value}>
              {value}
            </span>
            {unit !== '' && (
              <span className={styles.unit} title={unit}>
                {unit}
              </span>
            )}
            <span className={styles.copy}>
              <IconButton icon="copy" label={text.attributes.copyRow(row.name)} small onPress={() => void copyText(plainText(row.value))} />
            </span>
          </div>
        )}
      </TreeItemContent>
      {long &&
        arrayRows(row.value).map((line, index) => (
          <ArrayRow key={`${row.id}/${index}`} id={`${row.id}/${index}`} index={index} line={line} />
        ))}
    </TreeItem>
  );
}

function ArrayRow({ id, index, line }: { id: string; index: number; line: string }) {
  return (
    <TreeItem id={id} textValue={line} className={styles.item ?? ''}>
      <TreeItemContent>
        <div className={styles.row}>
          <span className={styles.name}>[{index}]</span>
          <span className={cx(styles.number, styles.wide)} title={line}>
            {line}
          </span>
        </div>
      </TreeItemContent>
    </TreeItem>
  );
}
