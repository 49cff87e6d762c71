import { toast } from '../stores/toast-store.ts';
import { text } from '../strings/en.ts';

/** Puts text on the clipboard and says so. */
export async function copyText(value: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(value);
    toast(text.copied.text);
  } catch {
    toast(text.copied.refused, 'warn');
  }
}
