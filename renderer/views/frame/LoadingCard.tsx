import { Button } from '../../widgets/Button.tsx';
import styles from './LoadingCard.module.css';

const CARD_SECONDS = 1;

interface Props {
  readonly seconds: number;
  readonly what: string;
  /** How much it is, and how long it has taken or will take, in words. */
  readonly amount: string;
  readonly time: string;
  /** Part that is done; 'unknown' = a bar that travels, absent = no bar. */
  readonly share?: number | 'unknown' | undefined;
  readonly cancel: string;
  onCancel(): void;
}

/** A thin line as soon as loading is noticed; after a second a card that says what is being loaded, since when, and how to stop it. */
export function LoadingCard({ seconds, what, amount, time, share, cancel, onCancel }: Props) {
  return (
    <>
      <div className={styles.line} />
      {seconds >= CARD_SECONDS && (
        <div className={styles.card} role="status">
          <div className={styles.row}>
            <span className={styles.what}>{what}</span>
            <Button small onPress={onCancel}>
              {cancel}
            </Button>
          </div>
          {share !== undefined && (
            <div className={styles.bar}>
              <i
                {...(share === 'unknown'
                  ? { className: styles.travelling }
                  : { className: styles.done, style: { width: `${100 * share}%` } })}
              />
            </div>
          )}
          <div className={styles.row}>
            <span className="num">{amount}</span>
            <span className="num">{time}</span>
          </div>
        </div>
      )}
    </>
  );
}
