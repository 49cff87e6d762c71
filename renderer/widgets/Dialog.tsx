import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { text } from '../strings/en.ts';
import { cx } from './class-names.ts';
import { IconButton } from './IconButton.tsx';
import styles from './Dialog.module.css';

interface Props {
  readonly title: string;
  readonly width?: 480 | 680 | 960;
  /** Beside the title. */
  readonly tools?: ReactNode;
  /** Buttons; the main one last. */
  readonly foot?: ReactNode;
  readonly role?: 'dialog' | 'alertdialog';
  readonly children: ReactNode;
  onClose(): void;
}

/** A modal dialog: focus stays inside, Esc and a press outside close it. */
export function Dialog({ title, width = 480, tools, foot, role = 'dialog', children, onClose }: Props) {
  return (
    <ModalOverlay
      className={styles.scrim ?? ''}
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={cx(styles.modal)} style={{ width }}>
        <AriaDialog className={styles.dialog ?? ''} role={role}>
          <header className={styles.head}>
            <Heading slot="title" className={styles.title ?? ''}>
              {title}
            </Heading>
            {tools}
            <IconButton icon="close" label={text.common.close} keys="Escape" small onPress={onClose} />
          </header>
          <div className={styles.body}>{children}</div>
          {foot && <footer className={styles.foot}>{foot}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
