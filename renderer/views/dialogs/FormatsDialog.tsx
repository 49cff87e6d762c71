import { useFormats } from '../../stores/use-formats.ts';
import { text } from '../../strings/en.ts';
import { Dialog } from '../../widgets/Dialog.tsx';
import styles from './dialogs.module.css';

/** All readers with their extensions and options, as the host lists them. */
export function FormatsDialog({ onClose }: { onClose(): void }) {
  const formats = useFormats();
  return (
    <Dialog title={text.formats.title} width={960} onClose={onClose}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th>{text.formats.readers}</th>
            <th>{text.formats.extensions}</th>
            <th>{text.formats.options}</th>
          </tr>
        </thead>
        <tbody>
          {formats.map(({ id, label, extensions, options }) => (
            <tr key={id}>
              <td>
                {label}
                <p className={styles.dim}>{id}</p>
              </td>
              <td className={styles.mono}>{extensions.map((extension) => `.${extension}`).join(' ')}</td>
              <td>
                {options.length === 0 ? (
                  <span className={styles.dim}>{text.formats.none}</span>
                ) : (
                  options.map((option) => (
                    <p key={option.name} className={styles.option}>
                      <code>{option.name}</code> <span className={styles.dim}>{option.help}</span>
                    </p>
                  ))
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}
