import { memo } from 'react';
import type { DisplaySettings } from '../../stores/display-settings.ts';
import { frameText } from '../../strings/frame-text.ts';
import { IconButton } from '../../widgets/IconButton.tsx';
import { Row, Section } from '../../widgets/Section.tsx';
import { Segmented } from '../../widgets/Segmented.tsx';
import { Switch } from '../../widgets/Switch.tsx';
import type { SectionParts } from './section-parts.ts';
import { changeDisplay } from './view-commands.ts';

const words = frameText.inspector;

/** What is drawn around and above the picture. */
export const OverlaysSection = memo(function OverlaysSection({ viewId, display, frame, inSpace }: SectionParts) {
  const change = (part: Partial<DisplaySettings>): void => changeDisplay(viewId, (before) => ({ ...before, ...part }));
  const histogram = (
    <Row label={words.histogram}>
      <Switch label={words.histogram} on={display.histogram} onChange={(on) => change({ histogram: on })} />
    </Row>
  );
  if (inSpace) return <Section title={words.overlays}>{histogram}</Section>;
  return (
    <Section title={words.overlays}>
      <Row label={words.axes}>
        <Segmented
          label={words.axes}
          value={display.axes}
          choices={[
            { id: 'physical', label: words.physical },
            { id: 'index', label: words.index },
          ]}
          onChange={(axes) => change({ axes })}
        />
      </Row>
      <Row label={words.flips}>
        <IconButton
          icon="flip-x"
          label={`${words.flips} ${words.flipX}`}
          small
          pressed={display.flipX}
          onPress={() => change({ flipX: !display.flipX })}
        />
        <IconButton
          icon="flip-y"
          label={`${words.flips} ${words.flipY}`}
          small
          pressed={display.flipY}
          onPress={() => change({ flipY: !display.flipY })}
        />
      </Row>
      {frame.kind === 'vector' && (
        <Row label={words.referenceArrow}>
          <Switch label={words.referenceArrow} on={display.referenceArrow} onChange={(referenceArrow) => change({ referenceArrow })} />
        </Row>
      )}
      <Row label={words.scaleBar}>
        <Switch label={words.scaleBar} on={display.scaleBar} onChange={(scaleBar) => change({ scaleBar })} />
      </Row>
      {histogram}
    </Section>
  );
});
