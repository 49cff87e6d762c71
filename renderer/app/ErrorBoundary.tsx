import { Component, type ReactNode } from 'react';
import { type ErrorRecord, toErrorRecord } from '../../shared/model/data-error.ts';
import { text } from '../strings/en.ts';
import { Button } from '../widgets/Button.tsx';
import { ErrorCard } from '../views/dialogs/ErrorCard.tsx';
import styles from './ErrorBoundary.module.css';

/** A mistake of the program in one part of the window is told there; the other parts stay. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly error?: ErrorRecord }> {
  override state: { readonly error?: ErrorRecord } = {};

  static getDerivedStateFromError(error: unknown): { error: ErrorRecord } {
    return { error: toErrorRecord(error) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <div className={styles.broken} role="alert">
        <ErrorCard
          title={text.errors.broken}
          error={error}
          actions={
            <Button small onPress={() => this.setState({})}>
              {text.errors.tryAgain}
            </Button>
          }
        />
      </div>
    );
  }
}
