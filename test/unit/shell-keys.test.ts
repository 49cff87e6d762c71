import { describe, expect, it } from 'vitest';
import { ACTIONS, PLAIN_ACTIONS } from '../../renderer/actions/actions.ts';
import { changeKeys, isAssignable, keysOf, ownerOf, type KeyChanges } from '../../renderer/actions/key-changes.ts';
import { readSettings, useSettings } from '../../renderer/stores/settings-store.ts';
import { actionFor, keyPlace } from '../../renderer/actions/key-handler.ts';
import { isSingleKey, keyLabel, pressedKey } from '../../renderer/actions/keys.ts';
import { MENUS } from '../../renderer/actions/menus.ts';

const press = (key: string, modifiers: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...modifiers,
});

describe('the written form of a key press', () => {
  it('names modifiers in one order and characters as they are written', () => {
    expect(pressedKey(press('o', { ctrlKey: true, shiftKey: true }), false)).toBe('Mod+Shift+O');
    expect(pressedKey(press('?', { shiftKey: true }), false)).toBe('?');
    expect(pressedKey(press('+', { shiftKey: true }), false)).toBe('+');
    expect(pressedKey(press('A', { shiftKey: true }), false)).toBe('Shift+A');
    expect(pressedKey(press(' '), false)).toBe('Space');
    expect(pressedKey(press('ArrowLeft', { altKey: true }), false)).toBe('Alt+ArrowLeft');
  });

  it('takes Cmd on macOS and Ctrl elsewhere, and leaves the other one to the system', () => {
    expect(pressedKey(press('k', { metaKey: true }), true)).toBe('Mod+K');
    expect(pressedKey(press('k', { ctrlKey: true }), true)).toBeUndefined();
    expect(pressedKey(press('k', { metaKey: true }), false)).toBeUndefined();
  });

  it('is nothing for a modifier alone', () => {
    expect(pressedKey(press('Shift', { shiftKey: true }), false)).toBeUndefined();
  });

  it('is shown as the platform writes it', () => {
    expect(keyLabel('Mod+Shift+O', false)).toBe('Ctrl Shift O');
    expect(keyLabel('Mod+Shift+O', true)).toBe('⇧⌘O');
    expect(keyLabel('+', false)).toBe('+');
    expect(keyLabel('Shift+ArrowRight', false)).toBe('Shift →');
  });
});

describe('keys that were changed', () => {
  const own = [
    { id: 'a', keys: ['A', 'Shift+A'] },
    { id: 'b', keys: ['B'] },
    { id: 'c', keys: [] },
  ];
  const all = (changes: KeyChanges) => own.map((action) => keysOf(action, changes).join(' '));

  it('replace those of the command and are taken from whoever had them', () => {
    expect(all(changeKeys(own, {}, 'c', ['B']))).toEqual(['A Shift+A', '', 'B']);
    expect(all(changeKeys(own, {}, 'b', ['Shift+A']))).toEqual(['A', 'Shift+A', '']);
    expect(all(changeKeys(own, {}, 'a', []))).toEqual(['', 'B', '']);
  });

  it("go back to the command's own, which are taken back", () => {
    const changed = changeKeys(own, {}, 'c', ['B']);
    expect(all(changeKeys(own, changed, 'b', undefined))).toEqual(['A Shift+A', 'B', '']);
    expect(changeKeys(own, changed, 'b', undefined)).not.toHaveProperty('b');
  });

  it('act at once and are kept, as far as they are keys', () => {
    useSettings.getState().change({ keys: changeKeys(PLAIN_ACTIONS, {}, 'go-to', ['J']) });
    expect([actionFor('J', 'free', true)?.id, actionFor('G', 'free', true)]).toEqual(['go-to', undefined]);
    useSettings.getState().change({ keys: {} });
    expect(actionFor('G', 'free', true)?.id).toBe('go-to');
    expect(readSettings('{"keys":{"go-to":["J"],"play":[],"fit":"F","loop":[1]}}').keys).toEqual({ 'go-to': ['J'], play: [] });
    expect(readSettings('{"keys":7}').keys).toEqual({});
  });

  it('are none that dialogs need', () => {
    expect(['Escape', 'Tab', 'Enter', 'J', 'Mod+J'].map(isAssignable)).toEqual([false, false, false, true, true]);
    expect(ownerOf('B', own, {}, 'b')).toBeUndefined();
    expect(ownerOf('B', own, {}, 'a')?.id).toBe('b');
  });
});

describe('where a key goes', () => {
  const at = (...selectors: readonly string[]) =>
    keyPlace({ closest: (asked: string) => (selectors.some((one) => asked.split(', ').includes(one)) ? ({} as Element) : null) });

  it('knows text fields, widgets, overlays and the picture', () => {
    expect(keyPlace(null)).toBe('free');
    expect(at('textarea', 'input')).toBe('text');
    expect(at('[role=treegrid]')).toBe('widget');
    expect(at('[role=dialog]', 'textarea')).toBe('overlay');
  });

  it("gives the time line's slider the keys of the commands", () => {
    expect(at('[data-keys=actions]', '[role=slider]')).toBe('free');
  });

  it('runs single keys on the picture, not while typing, not when they are switched off', () => {
    expect(actionFor('G', 'free', true)?.id).toBe('go-to');
    expect(actionFor('G', 'text', true)).toBeUndefined();
    expect(actionFor('G', 'free', false)).toBeUndefined();
    expect(actionFor('Shift+A', 'free', true)?.id).toBe('levels-lock');
    expect(actionFor('Shift+A', 'text', true)).toBeUndefined();
    expect(actionFor('Shift+A', 'free', false)).toBeUndefined();
  });

  it('leaves arrows, Space and Enter to a focused widget, and other keys to the commands', () => {
    expect(actionFor('ArrowRight', 'free', true)?.id).toBe('next-buffer');
    expect(actionFor('ArrowRight', 'widget', true)).toBeUndefined();
    expect(actionFor('Space', 'widget', true)).toBeUndefined();
    expect(actionFor('V', 'widget', true)?.id).toBe('vectors');
  });

  it('keeps commands with Ctrl in text fields but for those of the text itself', () => {
    expect(actionFor('Mod+K', 'text', true)?.id).toBe('palette');
    expect(actionFor('Mod+C', 'text', true)).toBeUndefined();
    expect(actionFor('Mod+K', 'overlay', true)).toBeUndefined();
  });
});

describe('the list of commands', () => {
  it('gives each key to one command and each command one id', () => {
    const keys = ACTIONS.flatMap((action) => action.keys);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(ACTIONS.map(({ id }) => id)).size).toBe(ACTIONS.length);
  });

  it('writes every key in the form in which presses arrive', () => {
    for (const { keys } of ACTIONS) {
      for (const key of keys) {
        const parts = key === '+' ? ['+'] : key.split('+');
        const modifiers = parts.slice(0, -1);
        const name = parts.at(-1) ?? '';
        const event = press(name === 'Space' ? ' ' : name, {
          ctrlKey: modifiers.includes('Mod'),
          altKey: modifiers.includes('Alt'),
          shiftKey: modifiers.includes('Shift'),
        });
        expect(pressedKey(event, false)).toBe(key);
      }
    }
  });

  it('has every command of the menus', () => {
    const known = new Set(ACTIONS.map(({ id }) => id));
    for (const id of MENUS.flatMap(({ groups }) => groups.flat())) expect(known, id).toContain(id);
  });

  it('knows which keys are single', () => {
    expect(['G', '[', '?', 'Space', 'Shift+A'].map(isSingleKey)).toEqual([true, true, true, true, true]);
    expect(['Mod+K', 'ArrowLeft', 'PageDown', 'F6', 'Shift+F6'].map(isSingleKey)).toEqual([false, false, false, false, false]);
  });
});
