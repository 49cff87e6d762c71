import { memo, type ReactNode } from 'react';
import type { Levels } from '../../draw-worker/levels.ts';
import type { ColorSettings, LevelSettings } from '../../stores/display-settings.ts';
import { frameText } from '../../strings/frame-text.ts';
import { ColorMapSelect } from '../../widgets/ColorMapSelect.tsx';
import { IconButton } from '../../widgets/IconButton.tsx';
import { NumberField } from '../../widgets/NumberField.tsx';
import { Row } from '../../widgets/Section.tsx';
import { Segmented } from '../../widgets/Segmented.tsx';
import { Select } from '../../widgets/Select.tsx';
import { Switch } from '../../widgets/Switch.tsx';
import styles from './DisplayInspector.module.css';
import { parseNumber, spanText, valueText } from '../../../shared/draw/number-text.ts';
import type { ColorCommands } from './color-commands.ts';
import { layerColors, type Layer } from './view-commands.ts';
import { useLevels } from './view-look.ts';

const words = frameText.inspector;

interface Look {
  readonly colors: ColorSettings;
  readonly unit: string;
  /** In place of the map, where the colours are the data's own. */
  readonly ownColors?: boolean;
}

/** Map, limits and transfer of the colours of a layer. */
export const ColorRows = memo(function ColorRows({ viewId, layer, ...look }: Look & { readonly viewId: string; readonly layer: Layer }) {
  return (
    <ScaleRows {...look} commands={layerColors(viewId, layer)} limits={<LayerLimits viewId={viewId} layer={layer} unit={look.unit} />} />
  );
});

function LayerLimits({ viewId, layer, unit }: { viewId: string; layer: Layer; unit: string }) {
  return <LimitRow shown={useLevels(viewId, layer)} unit={unit} commands={layerColors(viewId, layer)} />;
}

/** Map, limits and transfer of a colour scale; `limits` is a LimitRow that follows the picture by itself. */
export function ScaleRows({
  colors,
  commands,
  limits,
  ownColors = false,
  perPicture = words.perBuffer,
}: Look & { readonly commands: ColorCommands; readonly limits: ReactNode; readonly perPicture?: string }) {
  const change = (part: Partial<ColorSettings>): void => commands.change((before) => ({ ...before, ...part }));
  return (
    <>
      {ownColors ? (
        <Row label={words.map}>
          <span className={styles.note}>{words.colorNote}</span>
        </Row>
      ) : (
        <Row label={words.map}>
          <ColorMapSelect
            label={words.map}
            value={colors.map}
            reversed={colors.reversed}
            kinds={words.kinds}
            onChange={(map) => change({ map })}
          />
          <IconButton
            icon="swap"
            label={words.reversed}
            small
            pressed={colors.reversed}
            onPress={() => change({ reversed: !colors.reversed })}
          />
        </Row>
      )}
      {limits}
      <LevelRows commands={commands} levels={colors.levels} perPicture={perPicture} />
      <Row label={words.transfer}>
        <Select
          label={words.transfer}
          value={colors.transfer}
          groups={TRANSFERS}
          onChange={(id) => {
            const transfer = TRANSFER_NAMES.find((name) => name === id);
            if (transfer) change({ transfer });
          }}
        />
        {colors.transfer === 'gamma' && (
          <NumberField
            label={words.gamma}
            value={colors.gamma}
            text={valueText(colors.gamma, 3)}
            step={0.1}
            min={0.05}
            max={10}
            parse={parseNumber}
            onChange={(gamma) => change({ gamma })}
          />
        )}
      </Row>
    </>
  );
}

const TRANSFER_NAMES = ['linear', 'log', 'sqrt', 'gamma'] as const;
const TRANSFERS = [{ title: words.transfer, choices: TRANSFER_NAMES.map((id) => ({ id, label: words.transfers[id] })) }];

export function LimitRow({ shown, unit, commands }: { shown: Levels | undefined; unit: string; commands: ColorCommands }) {
  const span = shown ? shown.high - shown.low : 0;
  return (
    <Row label={words.limits}>
      <NumberField
        label={words.lower}
        value={shown?.low}
        text={shown ? spanText(shown.low, span) : ''}
        step={span / 50 || 1}
        parse={parseNumber}
        onChange={(low) => commands.setLevels(low, Math.max(low, shown?.high ?? low))}
      />
      <NumberField
        label={words.upper}
        value={shown?.high}
        text={shown ? spanText(shown.high, span) : ''}
        {...(unit.length <= 4 && (shown ? spanText(shown.high, span) : '').length + unit.length <= 10 ? { unit } : {})}
        step={span / 50 || 1}
        parse={parseNumber}
        onChange={(high) => commands.setLevels(Math.min(high, shown?.low ?? high), high)}
      />
    </Row>
  );
}

function LevelRows({ commands, levels, perPicture }: { commands: ColorCommands; levels: LevelSettings; perPicture: string }) {
  const percent = (part: Partial<LevelSettings>): void => {
    commands.change((colors) => {
      const { low: _low, high: _high, ...rest } = colors.levels;
      return { ...colors, levels: { ...rest, ...part } };
    });
  };
  return (
    <>
      <Row label={words.levels}>
        <Segmented
          label={words.levels}
          value={levels.mode}
          onChange={commands.setMode}
          choices={[
            { id: 'locked', label: words.locked },
            { id: 'per-buffer', label: perPicture },
          ]}
        />
        <IconButton icon="levels" label={words.autoHint} small onPress={commands.once} />
      </Row>
      <Row label={words.percents}>
        {!levels.symmetric && (
          <NumberField
            label={words.lowPercent}
            value={levels.lowPercent}
            text={valueText(levels.lowPercent)}
            step={0.5}
            min={0}
            max={levels.highPercent}
            parse={parseNumber}
            onChange={(lowPercent) => percent({ lowPercent })}
          />
        )}
        <NumberField
          label={words.highPercent}
          value={levels.highPercent}
          text={valueText(levels.highPercent)}
          unit="%"
          step={0.1}
          min={levels.symmetric ? 0 : levels.lowPercent}
          max={100}
          parse={parseNumber}
          onChange={(highPercent) => percent({ highPercent })}
        />
      </Row>
      <Row label={words.symmetric}>
        <Switch label={words.symmetric} on={levels.symmetric} onChange={(symmetric) => percent({ symmetric })} />
      </Row>
    </>
  );
}
