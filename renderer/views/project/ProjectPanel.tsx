import { MenuTrigger } from 'react-aria-components';
import { menuEntry } from '../../app/MenuBar.tsx';
import { missingCount } from '../../stores/dataset-detail.ts';
import { useDatasets } from '../../stores/dataset-store.ts';
import { useProject } from '../../stores/project-store.ts';
import { runAction } from '../../actions/actions.ts';
import { text } from '../../strings/en.ts';
import { IconButton } from '../../widgets/IconButton.tsx';
import { MenuPopover } from '../../widgets/Menu.tsx';
import { SearchField } from '../../widgets/SearchField.tsx';
import { ProjectTree } from './ProjectTree.tsx';
import styles from './ProjectPanel.module.css';

/** The project: head with open and more, filter, tree, a line that sums up. */
export function ProjectPanel() {
  const filter = useProject((state) => state.filter);
  const setFilter = useProject((state) => state.setFilter);
  return (
    <>
      <div className={styles.head}>
        <h2 className={styles.title}>{text.tree.title}</h2>
        <IconButton icon="plus" label={text.tree.open} keys="Mod+O" small onPress={() => runAction('open-files')} />
        <MenuTrigger>
          <IconButton icon="more" label={text.tree.more} small onPress={() => undefined} />
          <MenuPopover
            label={text.tree.more}
            placement="bottom end"
            groups={[
              { id: 'open', entries: ['open-files', 'open-folder', 'open-example'].map(menuEntry) },
              { id: 'close', entries: ['close-all'].map(menuEntry) },
            ]}
          />
        </MenuTrigger>
      </div>
      <div className={styles.filter}>
        <SearchField label={text.tree.filter} hint={text.tree.filter} value={filter} onChange={setFilter} />
      </div>
      <ProjectTree />
      <Foot />
    </>
  );
}

function Foot() {
  const opened = Object.values(useDatasets((state) => state.opened));
  const notices = opened.filter(({ info }) => info.warnings.length > 0 || missingCount(info) > 0).length;
  return <p className={styles.foot}>{text.tree.foot(opened.length, notices)}</p>;
}
