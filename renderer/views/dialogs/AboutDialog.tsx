import { desktop } from '../../client/desktop.ts';
import { text } from '../../strings/en.ts';
import { Dialog } from '../../widgets/Dialog.tsx';
import packageFacts from '../../../package.json' with { type: 'json' };
import styles from './dialogs.module.css';

export function AboutDialog({ onClose }: { onClose(): void }) {
  const { about } = text;
  const runs = desktop ? `Electron ${desktop.versions.electron}, Chromium ${desktop.versions.chrome}, ${desktop.platform}` : about.browser;
  return (
    <Dialog title={about.title} onClose={onClose}>
      <div className={styles.pad}>
        <p className={styles.read}>{about.words}</p>
        <dl className={styles.facts}>
          <dt>{about.version}</dt>
          <dd>{desktop?.version ?? packageFacts.version}</dd>
          <dt>{about.runs}</dt>
          <dd>{runs}</dd>
          <dt>{about.licence}</dt>
          <dd>{about.licenceText}</dd>
        </dl>
      </div>
    </Dialog>
  );
}
