import { ALL_TRACKS, type TrackBox, type TrackSelection } from '../../../shared/model/track-selection.ts';
import type { FilterRow, ParticleState } from '../../stores/particle-display.ts';
import { changeParticles } from './particle-commands.ts';

/** The rows of the filters page decide the selection: those that are switched off stay on the page. */
function changeRows(viewId: string, change: (rows: readonly FilterRow[]) => readonly FilterRow[]): void {
  changeParticles(viewId, ({ filterRows, display }): Partial<ParticleState> => {
    const rows = change(filterRows);
    const filters = rows.filter(({ on }) => on).map(({ on: _on, ...filter }) => filter);
    return { filterRows: rows, display: { ...display, selection: { ...display.selection, filters } } };
  });
}

export function addFilter(viewId: string, column: string): void {
  changeRows(viewId, (rows) => [...rows, { column, on: true }]);
}

/** Shows one track alone as far as numbers go; other conditions stay. */
export function showOnlyTrack(viewId: string, track: number): void {
  changeRows(viewId, (rows) => [...rows.filter(({ column }) => column !== 'id'), { column: 'id', low: track, high: track, on: true }]);
}

export function changeFilter(viewId: string, index: number, change: (row: FilterRow) => FilterRow): void {
  changeRows(viewId, (rows) => rows.map((row, at) => (at === index ? change(row) : row)));
}

export function removeFilter(viewId: string, index: number): void {
  changeRows(viewId, (rows) => rows.filter((_, at) => at !== index));
}

function changeSelection(viewId: string, change: (selection: TrackSelection) => TrackSelection): void {
  changeParticles(viewId, ({ display }) => ({ display: { ...display, selection: change(display.selection) } }));
}

/** Without a box all places count. */
export function setFilterBox(viewId: string, box: TrackBox | undefined): void {
  changeSelection(viewId, ({ box: _before, ...selection }) => (box ? { ...selection, box } : selection));
}

export function setEvery(viewId: string, every: number): void {
  changeSelection(viewId, ({ every: _before, ...selection }) => (every > 1 ? { ...selection, every } : selection));
}

export function resetFilters(viewId: string | undefined): void {
  changeParticles(viewId, ({ display }) => ({ filterRows: [], display: { ...display, selection: ALL_TRACKS } }));
}
