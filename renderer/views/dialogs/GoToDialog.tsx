import { type FormEvent, useState } from 'react';
import { useDatasets } from '../../stores/dataset-store.ts';
import { goTo, viewCount } from '../../stores/playback-effects.ts';
import { activeView } from '../../stores/view-store.ts';
import { text } from '../../strings/en.ts';
import { particleText } from '../../strings/particle-text.ts';
import { Button } from '../../widgets/Button.tsx';
import { Dialog } from '../../widgets/Dialog.tsx';
import { fixedText, parseNumber } from '../../../shared/draw/number-text.ts';
import styles from './dialogs.module.css';

/** A buffer by its number, counted as the time line counts. */
export function GoToDialog({ onClose }: { onClose(): void }) {
  const view = activeView();
  const info = view && useDatasets.getState().opened[view.dataset]?.info;
  const first = info?.firstNumber ?? 0;
  const words = info?.kind === 'particles' ? particleText.timeline : text.goTo;
  const last = first + (view ? viewCount(view) : 1) - 1;
  const [typed, setTyped] = useState(String((view?.place.buffer ?? 0) + first));
  const [wrong, setWrong] = useState(false);
  const range = [fixedText(first, 0), fixedText(last, 0)] as const;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const number = parseNumber(typed);
    if (!Number.isInteger(number) || number < first || number > last) return setWrong(true);
    if (view) goTo(view.id, { buffer: number - first });
    onClose();
  };
  return (
    <Dialog
      title={words.title}
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{text.common.cancel}</Button>
          <Button look="primary" type="submit" form="go-to">
            {text.goTo.go}
          </Button>
        </>
      }
    >
      <form id="go-to" className={styles.pad} onSubmit={submit}>
        <div className={styles.field}>
          <label htmlFor="go-to-number">
            {words.label} <span className={styles.dim}>({text.goTo.range(...range)})</span>
          </label>
          <input
            id="go-to-number"
            className={styles.input}
            value={typed}
            inputMode="numeric"
            autoComplete="off"
            aria-invalid={wrong}
            aria-describedby={wrong ? 'go-to-wrong' : undefined}
            autoFocus
            onFocus={(event) => event.currentTarget.select()}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </div>
        {wrong && (
          <p id="go-to-wrong" className={styles.error} role="alert">
            {text.goTo.wrong(...range)}
          </p>
        )}
      </form>
    </Dialog>
  );
}
