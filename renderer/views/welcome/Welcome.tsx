import { runAction } from '../../actions/actions.ts';
import { keyLabel } from '../../actions/keys.ts';
import { text } from '../../strings/en.ts';
import { Button } from '../../widgets/Button.tsx';
import { Icon } from '../../widgets/Icon.tsx';
import type { IconName } from '../../widgets/icons.tsx';
import { Kbd } from '../../widgets/Kbd.tsx';
import { RecentList } from './RecentList.tsx';
import example from './example.png';
import styles from './Welcome.module.css';

/** What is shown before anything is open. */
export function Welcome() {
  return (
    <main className={styles.page} data-panel="centre">
      <div className={styles.grid}>
        <Title />
        <div className={styles.left}>
          <DropCard />
          <ExampleCard />
          <Learn />
        </div>
        <RecentList />
      </div>
    </main>
  );
}

function Title() {
  return (
    <div className={styles.title}>
      <Icon name="mark" size={36} className={styles.mark ?? ''} />
      <div className={styles.words}>
        <h1>Streakline</h1>
        <p>{text.welcome.claim}</p>
      </div>
      <Button icon="folder" onPress={() => runAction('open-folder')}>
        {text.actions.openFolder}
        <Kbd keys="Mod+Shift+O" />
      </Button>
      <Button icon="open" look="primary" autoFocus onPress={() => runAction('open-files')}>
        {text.actions.openFiles}
        <span className={styles.key}>{keyLabel('Mod+O')}</span>
      </Button>
    </div>
  );
}

function DropCard() {
  return (
    <div className={styles.drop}>
      <Icon name="drop" size={28} />
      <p className={styles.dropTitle}>{text.welcome.drop}</p>
      <p className={styles.dim}>
        {text.welcome.recognised}
        <br />
        {text.welcome.anyFile}
      </p>
    </div>
  );
}

function ExampleCard() {
  return (
    <section className={styles.example} aria-label={text.welcome.example}>
      <img src={example} width={434} height={224} alt={text.welcome.examplePicture} />
      <div className={styles.exampleFoot}>
        <div className={styles.words}>
          <h2 className={styles.strong}>{text.welcome.example}</h2>
          <p className={styles.dim}>{text.welcome.exampleContent}</p>
        </div>
        <Button onPress={() => runAction('open-example')}>{text.actions.openExample}</Button>
      </div>
    </section>
  );
}

const LEARN: readonly (readonly [icon: IconName, label: string, action: string])[] = [
  ['search', text.actions.palette, 'palette'],
  ['keyboard', text.actions.shortcuts, 'shortcuts'],
  ['table', text.actions.formats, 'formats'],
  ['info', text.actions.about, 'about'],
];

function Learn() {
  return (
    <section aria-label={text.welcome.learn}>
      <h2 className={styles.dim}>{text.welcome.learn}</h2>
      <div className={styles.learn}>
        {LEARN.map(([icon, label, action]) => (
          <Button key={action} look="quiet" small icon={icon} className={styles.link ?? ''} onPress={() => runAction(action)}>
            {label}
          </Button>
        ))}
      </div>
    </section>
  );
}
