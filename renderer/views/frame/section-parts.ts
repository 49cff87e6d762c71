import type { FrameInfo } from '../../../shared/model/frames.ts';
import type { DisplaySettings } from '../../stores/display-settings.ts';
import { frameText } from '../../strings/frame-text.ts';
import type { SelectGroup } from '../../widgets/Select.tsx';
import { offeredFields } from './frame-fields.ts';

/** What every section of the inspector is made from. */
export interface SectionParts {
  readonly viewId: string;
  readonly display: DisplaySettings;
  readonly frame: FrameInfo;
  /** The view shows the whole volume in space. */
  readonly inSpace: boolean;
}

/** The frame's fields as groups of choices with their units. */
export function fieldGroups(frame: FrameInfo): readonly SelectGroup[] {
  const fields = offeredFields(frame);
  return (['derived', 'stored', 'validity', 'raw'] as const).map((group) => ({
    title: frameText.inspector.groups[group],
    choices: fields
      .filter((field) => field.group === group)
      .map(({ component, label, stored, unit }) => ({
        id: component,
        label,
        ...(stored === undefined ? {} : { detail: stored }),
        ...(unit ? { note: unit } : {}),
      })),
  }));
}
