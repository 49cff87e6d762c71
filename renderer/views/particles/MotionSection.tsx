import { parseNumber } from '../../../shared/draw/number-text.ts';
import type { Differentiation } from '../../../shared/model/track-selection.ts';
import { particleText } from '../../strings/particle-text.ts';
import { NumberField } from '../../widgets/NumberField.tsx';
import { Row, Section } from '../../widgets/Section.tsx';
import { Segmented } from '../../widgets/Segmented.tsx';
import type { DisplayParts } from './display-parts.ts';
import { changeDisplay } from './particle-commands.ts';

const words = particleText.inspector;
const METHODS = [
  { id: 'difference', label: words.difference },
  { id: 'fit', label: words.fit },
] as const;
const ORDERS = (['1', '2', '3'] as const).map((id) => ({ id, label: words.orders[Number(id) as 1 | 2 | 3] }));
const USUAL_FIT: Differentiation = { method: 'fit', order: 2, length: 9 };
const LONGEST_FIT = 101;

/** How velocity and acceleration come from positions. */
export function MotionSection({ viewId, display }: DisplayParts) {
  return (
    <Section title={words.motion}>
      <MethodRows how={display.differentiation} onChange={(differentiation) => changeDisplay(viewId, { differentiation })} />
    </Section>
  );
}

export function MethodRows({ how, onChange }: { how: Differentiation; onChange(how: Differentiation): void }) {
  return (
    <>
      <Row label={words.method}>
        <Segmented
          label={words.method}
          value={how.method}
          choices={METHODS}
          onChange={(id) => onChange(id === 'fit' ? USUAL_FIT : { method: 'difference' })}
        />
      </Row>
      {how.method === 'fit' && (
        <>
          <Row label={words.order}>
            <Segmented
              label={words.order}
              value={String(how.order) as '1' | '2' | '3'}
              choices={ORDERS}
              onChange={(id) => onChange(odd({ ...how, order: Number(id) as 1 | 2 | 3 }))}
            />
          </Row>
          <Row label={words.window}>
            <NumberField
              label={words.window}
              value={how.length}
              text={String(how.length)}
              unit={words.pointsUnit}
              step={2}
              min={how.order + 1}
              max={LONGEST_FIT}
              parse={(typed) => Math.round(parseNumber(typed))}
              onChange={(length) => onChange(odd({ ...how, length }))}
            />
          </Row>
        </>
      )}
    </>
  );
}

/** As many points as the order needs, and an odd number of them. */
function odd(how: Extract<Differentiation, { method: 'fit' }>): Differentiation {
  const least = Math.max(3, how.order + 1);
  const length = Math.max(least, Math.round(how.length));
  return { ...how, length: length % 2 === 0 ? length + 1 : length };
}
