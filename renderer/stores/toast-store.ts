import { create } from 'zustand';

export interface Toast {
  readonly id: number;
  readonly tone: 'ok' | 'warn';
  readonly message: string;
}

interface Toasts {
  readonly toasts: readonly Toast[];
  add(tone: Toast['tone'], message: string): void;
  dismiss(id: number): void;
}

let made = 0;

/** Short messages that need no action; errors that need one are dialogs. */
export const useToasts = create<Toasts>((set) => ({
  toasts: [],
  add: (tone, message) =>
    set((state) => {
      made += 1;
      return { toasts: [...state.toasts.filter((toast) => toast.message !== message), { id: made, tone, message }].slice(-3) };
    }),
  dismiss: (id) => set((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) })),
}));

export function toast(message: string, tone: Toast['tone'] = 'ok'): void {
  useToasts.getState().add(tone, message);
}
