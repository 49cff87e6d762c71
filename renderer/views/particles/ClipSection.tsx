import { useViews } from '../../stores/view-store.ts';
import { particleText } from '../../strings/particle-text.ts';
import { Button } from '../../widgets/Button.tsx';
import { Row, Section } from '../../widgets/Section.tsx';
import { Switch } from '../../widgets/Switch.tsx';
import { BoxFields } from './BoxFields.tsx';
import { SlabSliders } from './SlabSliders.tsx';
import { proposeClip, slabAcross, wholeClip, type AxisIndex } from './clip-box.ts';
import type { DisplayParts } from './display-parts.ts';
import { changeDisplay, unclip } from './particle-commands.ts';

const words = particleText.inspector;

/** Draws only what lies in a box, or in a slab across an axis. */
export function ClipSection({ viewId, info }: DisplayParts) {
  const clip = useViews((state) => state.views[viewId]?.particles?.display.clip);
  return (
    <Section
      title={words.clip}
      tools={<Switch label={words.clipOn} on={clip !== undefined} onChange={(on) => (on ? proposeClip(viewId) : unclip(viewId))} />}
    >
      <Row label={words.slabAcross}>
        {(['x', 'y', 'z'] as const).map((name, index) => (
          <Button key={name} small onPress={() => changeDisplay(viewId, { clip: slabAcross(info, index as AxisIndex) })}>
            {name}
          </Button>
        ))}
        <Button small look="quiet" disabled={clip === undefined} onPress={() => changeDisplay(viewId, { clip: wholeClip(info) })}>
          {words.whole}
        </Button>
      </Row>
      {clip && (
        <BoxFields info={info} low={clip.low} high={clip.high} onChange={(low, high) => changeDisplay(viewId, { clip: { low, high } })} />
      )}
      {clip && <SlabSliders viewId={viewId} info={info} clip={clip} />}
    </Section>
  );
}
