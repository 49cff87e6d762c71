import { useEffect, useState } from 'react';
import { framePicture } from '../frame/frame-picture.ts';
import { exportText as words } from '../../strings/export-text.ts';
import { Icon } from '../../widgets/Icon.tsx';
import type { FoundLosses } from './use-export-facts.ts';
import styles from './ExportDialog.module.css';

/** The picture of the view, what is written, and what the format does not keep of it. */
export function ExportPreview({
  viewId,
  what,
  losses,
  refused,
}: {
  viewId: string;
  what: string;
  losses: FoundLosses;
  refused: string | undefined;
}) {
  const picture = usePicture(viewId);
  return (
    <div className={styles.preview}>
      <div className={styles.frame}>{picture && <img src={picture} alt={words.preview} />}</div>
      <p className={styles.what}>{what}</p>
      {refused === undefined && <Losses losses={losses} />}
    </div>
  );
}

function Losses({ losses }: { losses: FoundLosses }) {
  if (losses.state === 'looking') return <p className={styles.dim}>{words.judging}</p>;
  if (losses.state === 'failed')
    return (
      <p className={styles.warn} role="status">
        <Icon name="warning" />
        {words.cannotJudge(losses.reason)}
      </p>
    );
  if (losses.losses.length === 0)
    return (
      <p className={styles.ok} role="status">
        <Icon name="check" />
        {words.nothingLost}
      </p>
    );
  return (
    <section className={styles.losses} aria-label={words.losses}>
      <h3 className={styles.warn}>
        <Icon name="warning" />
        {words.losses}
      </h3>
      <ul>
        {losses.losses.map((loss) => (
          <li key={loss}>{loss}</li>
        ))}
      </ul>
      <p className={styles.dim}>{words.lossesJudged}</p>
    </section>
  );
}

function usePicture(viewId: string): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    let made: string | undefined;
    let wanted = true;
    void framePicture(viewId).then((blob) => {
      if (!blob || !wanted) return;
      made = URL.createObjectURL(blob);
      setAddress(made);
    });
    return () => {
      wanted = false;
      if (made !== undefined) URL.revokeObjectURL(made);
    };
  }, [viewId]);
  return address;
}
