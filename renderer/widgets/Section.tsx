import { useState, type ReactNode } from 'react';
import { Icon } from './Icon.tsx';
import styles from './Section.module.css';

/** A group of the inspector that folds; `tools` stand at the right of its head. */
export function Section({
  title,
  tools,
  open = true,
  children,
}: {
  title: string;
  tools?: ReactNode;
  open?: boolean;
  children: ReactNode;
}) {
  const [shown, setShown] = useState(open);
  return (
    <section className={styles.section} data-shut={!shown || undefined}>
      <h3 className={styles.head}>
        <button type="button" className={styles.fold} aria-expanded={shown} onClick={() => setShown(!shown)}>
          <Icon name={shown ? 'down' : 'right'} />
          {title}
        </button>
        {tools}
      </h3>
      {shown && <div className={styles.body}>{children}</div>}
    </section>
  );
}

/** A row of a section: name at the left, control at the right. */
export function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.row}>
      <span className={styles.label}>{label}</span>
      <div className={styles.control}>{children}</div>
    </div>
  );
}
