import type { ReactNode } from 'react';
import type { ErrorRecord } from '../../../shared/model/data-error.ts';
import { copyText } from '../../client/clipboard.ts';
import { text } from '../../strings/en.ts';
import { Button } from '../../widgets/Button.tsx';
import { Icon } from '../../widgets/Icon.tsx';
import { fixedText } from '../../../shared/draw/number-text.ts';
import styles from './ErrorCard.module.css';

/** What happened, in numbers, with place, code and hint, and what can be done; the best action stands first. */
export function ErrorCard({ title, error, actions }: { title: string; error: ErrorRecord; actions?: ReactNode }) {
  const rows = errorRows(error);
  const copied = [title, error.message, ...rows.map(([name, value]) => `${name}: ${value}`)].join('\n');
  return (
    <div className={styles.card}>
      <div className={styles.head}>
        <Icon name="error" />
        <p className="selectable">
          <b>{title}</b>
          <br />
          {error.message}
        </p>
      </div>
      <dl className={styles.table}>
        {rows.map(([name, value]) => (
          <div key={name} className={styles.row}>
            <dt>{name}</dt>
            <dd className="selectable">{value}</dd>
          </div>
        ))}
      </dl>
      <div className={styles.actions}>
        {actions}
        <Button small look="quiet" icon="copy" onPress={() => void copyText(copied)}>
          {text.errors.copy}
        </Button>
      </div>
    </div>
  );
}

function errorRows({ path, offset, field, code, hint }: ErrorRecord): [string, string][] {
  const { labels, codes } = text.errors;
  const place = [offset === undefined ? '' : text.errors.byte(fixedText(offset, 0)), field ?? ''].filter(Boolean).join(', ');
  const rows: [string, string][] = [
    [labels.file, path ?? ''],
    [labels.place, place],
    [labels.code, codes[code]],
    [labels.hint, hint ?? ''],
  ];
  return rows.filter(([, value]) => value !== '');
}
