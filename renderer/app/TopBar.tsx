import { MenuTrigger } from 'react-aria-components';
import { actionById } from '../actions/actions.ts';
import { useSettings, THEME_CHOICES, type PanelName } from '../stores/settings-store.ts';
import { useUi } from '../stores/ui-store.ts';
import { text } from '../strings/en.ts';
import { cx } from '../widgets/class-names.ts';
import { Icon } from '../widgets/Icon.tsx';
import { IconButton } from '../widgets/IconButton.tsx';
import { Kbd } from '../widgets/Kbd.tsx';
import { type MenuGroup, MenuPopover } from '../widgets/Menu.tsx';
import { MenuBar, menuEntry } from './MenuBar.tsx';
import { NARROW, togglePanel } from './panels.ts';
import { useMedia } from './use-media.ts';
import styles from './TopBar.module.css';

/** Menu bar, the field that opens the command palette, and the switches of the panels. */
export function TopBar({ hasWork }: { hasWork: boolean }) {
  return (
    <header className={styles.bar} data-panel="top-bar">
      {hasWork && <h1 className="hidden">Streakline</h1>}
      <span className={styles.mark}>
        <Icon name="mark" />
      </span>
      <MenuBar />
      <CommandField />
      <div className={styles.right}>
        {hasWork && <PanelSwitch panel="tree" />}
        {hasWork && <PanelSwitch panel="timeline" />}
        {hasWork && <PanelSwitch panel="inspector" />}
        {hasWork && <span className={styles.line} />}
        <SettingsMenu />
      </div>
    </header>
  );
}

function CommandField() {
  const show = useUi((state) => state.show);
  return (
    <button type="button" className={styles.command} aria-keyshortcuts="Control+K" onClick={() => show({ kind: 'palette' })}>
      <Icon name="search" />
      <span className={cx(styles.hint)}>{text.topBar.search}</span>
      <Kbd keys="Mod+K" />
    </button>
  );
}

function PanelSwitch({ panel }: { panel: PanelName }) {
  const { label, keys, icon } = actionById(`panel-${panel}`);
  const shown = useSettings((state) => state.panels[panel]);
  const drawer = useUi((state) => state.drawer);
  const isDrawer = useMedia(panel === 'timeline' ? 'not all' : NARROW[panel]);
  return (
    <IconButton
      icon={icon ?? 'panel-left'}
      label={label}
      keys={keys[0]}
      small
      pressed={isDrawer ? drawer === panel : shown}
      onPress={() => togglePanel(panel)}
    />
  );
}

function SettingsMenu() {
  // Reading the settings here draws the menu again when they change.
  useSettings();
  const groups: MenuGroup[] = [
    {
      id: 'theme',
      title: text.topBar.theme,
      entries: THEME_CHOICES.map((choice) => ({ ...menuEntry(`theme-${choice}`), label: text.theme[choice] })),
    },
    { id: 'keys', entries: [menuEntry('single-keys'), menuEntry('shortcuts')] },
  ];
  return (
    <MenuTrigger>
      <IconButton icon="gear" label={text.topBar.settings} small onPress={() => undefined} />
      <MenuPopover label={text.topBar.settings} groups={groups} placement="bottom end" />
    </MenuTrigger>
  );
}
